import { addressOfMove } from "../../../shared/page/officer/move-addresses.ts";
import type { FormMove } from "../../../shared/page/officer/moves/table.ts";
import type { EveryPage, Way } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { officers, type Situation } from "../samples.ts";

/** Signs in and opens the page of a move with the sample case in a situation. */
async function openMove(
  { visitor, sample, language }: Way,
  { who, move, situation, query = "" }: { who: string; move: FormMove; situation: Situation; query?: string },
) {
  const { trackingNumber } = await sample(situation);
  await asOfficer(visitor, who, { to: `${addressOfMove(trackingNumber, move)}${query}`, language });
}

const pressed = async ({ page }: Way, doing: string) => {
  const sent = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.locator(`button[value="${doing}"]`).click();
  await sent;
};

const { city, unit, head } = officers;

/** Each move in a situation in which an officer of the samples can make it. */
const shown: readonly { move: FormMove; who: string; situation: Situation }[] = [
  { move: "verify", who: city, situation: "submitted" },
  { move: "assign", who: city, situation: "in-progress" },
  { move: "return", who: unit, situation: "in-progress" },
  { move: "ask", who: unit, situation: "in-progress" },
  { move: "withdraw-question", who: unit, situation: "asked" },
  { move: "progress", who: unit, situation: "in-progress" },
  { move: "note", who: unit, situation: "in-progress" },
  { move: "answer", who: unit, situation: "in-progress" },
  { move: "correct-answer", who: unit, situation: "answered" },
  { move: "withhold", who: head, situation: "answered" },
  { move: "archive", who: city, situation: "submitted" },
  { move: "join", who: city, situation: "submitted" },
];

/** One page a move, and what stands on it when something is wrong or kept. */
export const rows: EveryPage[] = [
  ...shown.map((one): EveryPage => ({
    name: `The page of the move ${one.move}`,
    at: { walk: (way) => openMove(way, one) },
    audience: "private",
  })),
  {
    name: "The page of an assignment, with what a search found",
    at: {
      walk: (way) =>
        openMove(way, { who: city, move: "assign", situation: "in-progress", query: "?cari=pekerjaan" }),
    },
    audience: "private",
  },
  {
    name: "The page of an answer that asks for evidence",
    at: {
      async walk(way) {
        await openMove(way, { who: unit, move: "answer", situation: "in-progress" });
        await way.page.locator('[name="text"]').fill("Kami sudah menambal jalan di depan pasar itu.");
        await pressed(way, "kirim");
      },
    },
    audience: "private",
    status: 400,
  },
  {
    name: "The page of a question with a draft",
    at: {
      async walk(way) {
        await openMove(way, { who: unit, move: "ask", situation: "in-progress" });
        await way.page.locator('[name="text"]').fill("Di sisi mana dari pasar lubang itu?");
        await pressed(way, "simpan");
        await way.page.waitForURL("**/tanya?sudah=simpan");
      },
    },
    audience: "private",
  },
  {
    name: "The page of a move that cannot be made now",
    at: { walk: (way) => openMove(way, { who: unit, move: "answer", situation: "closed" }) },
    audience: "private",
    status: 409,
  },
  {
    name: "The examples of answers that an agency keeps",
    at: {
      async walk({ visitor, language }) {
        await asOfficer(visitor, city, { to: "/petugas/kelola/jawaban", language });
      },
    },
    audience: "private",
  },
];
