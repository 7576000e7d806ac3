import { randomUUID } from "node:crypto";
import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { valueOf } from "../../../shared/http/page/form.ts";
import { actionAt, seeOther } from "../../../shared/http/page/route.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { chip } from "../../../shared/page/parts/turn.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { reportBody } from "./body.ts";
import { draftCookie, type ReportDesk } from "./desk.ts";
import { stepPage, toBeginning } from "./step-page.ts";

const words = {
  title: { id: "Sudah ada yang melaporkan ini?", en: "Has somebody reported this already?" },
  intro: {
    id: "Laporan-laporan ini mirip dengan milik Anda. Bila sama, dukung saja: instansi melihat berapa orang mengalaminya.",
    en: "These reports are like yours. If one is the same, support it: the agency sees how many people have it.",
  },
  same: { id: "Saya juga mengalaminya", en: "I have this too" },
  read: { id: "Baca laporan ini", en: "Read this report" },
  mine: {
    id: "Laporan Anda lain, atau Anda ingin dijawab sendiri?",
    en: "Is yours another one, or do you want an answer of your own?",
  },
  go: { id: "Laporan saya lain, lanjutkan", en: "Mine is another, continue" },
} as const satisfies Record<string, Text>;

const duplicates = z.object({
  items: z.array(
    z.looseObject({
      trackingNumber: z.string(),
      title: z.string(),
      excerpt: z.string(),
      days: z.int(),
      statusText: z.string(),
      supports: z.object({ count: z.int() }).optional(),
      canBeSupported: z.boolean().optional(),
    }),
  ),
});
type Duplicate = z.output<typeof duplicates>["items"][number];

/**
 * Public reports that are likely the same. None where the list cannot be had now: it is a help, and holds nobody up. Of a report
 * that is to be secret nothing is compared once the visitor has said so.
 */
export async function likelyDuplicates(
  { asked }: Pick<ReportDesk, "asked">,
  values: Readonly<Record<string, string>>,
  visit: Visit,
): Promise<Duplicate[]> {
  if (!asked.duplicates || values.secret === "true") return [];
  const { title, text, category, location } = reportBody(values);
  try {
    const body = {
      title,
      text,
      ...(category !== undefined && { category }),
      ...(location !== undefined && { location }),
    };
    return (await visit.ask(asked.duplicates, { body }, duplicates)).items;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

const age = (days: number): Text =>
  days === 0
    ? { id: "dikirim hari ini", en: "sent today" }
    : { id: `${days} hari lalu`, en: days === 1 ? "a day ago" : `${days} days ago` };

const card = (one: Duplicate, language: Language): Hole => {
  const count = one.supports?.count ?? 0;
  const people = { id: `${count} orang mendukung`, en: `supported by ${count}` };
  return html`<li class="card"><h2>${one.title}</h2><p>${one.excerpt}</p>
<p>${chip("calm", one.statusText)} <small>${age(one.days)[language]}${count > 0 && html` · ${people[language]}`}</small></p>
<p><a class="link" href="${pageIn(language, `/laporan/${one.trackingNumber}`)}">${words.read[language]}<span class="unseen">: ${one.title}</span></a></p>
${one.canBeSupported !== false && html`<p><button class="button second" formaction="${pageIn(language, "/lapor/serupa/dukungan")}" name="trackingNumber" value="${one.trackingNumber}">${words.same[language]}<span class="unseen">: ${one.title}</span></button></p>`}</li>`;
};

/** `/lapor/serupa`: likely duplicates. Whoever has the same supports one of them; whoever has another goes on. */
export const reportAlikePage = (desk: ReportDesk): Route[] => [
  ...stepPage(desk, {
    name: "alike",
    title: words.title,
    intro: words.intro,
    choosesFurther: true,
    go: words.go,
    async fields({ language }, values, visit) {
      const found = await likelyDuplicates(desk, values, visit);
      if (found.length === 0) return undefined;
      return html`<input type="hidden" name="alike" value="shown"><ul class="cards one">${found.map((one) => card(one, language))}</ul><p>${words.mine[language]}</p>`;
    },
    back: () => "/lapor/tempat",
    next: async () => "/lapor/tujuan",
  }),
  ...actionAt(desk.frame, "/lapor/serupa/dukungan", {}, async (_, visit, values) => {
    const { held, lost } = await desk.opened(visit);
    desk.isSaved(held, visit);
    const number = trackingNumber.safeParse(valueOf(values, "trackingNumber"));
    if (!held) return toBeginning(visit, { lost });
    if (!desk.asked.support || !number.success) return seeOther("/lapor/serupa", visit.language);
    const kept = await desk.change(held, (before) => ({
      ...before,
      values: { device: randomUUID(), ...before.values },
    }));
    const { device = "" } = kept.draft.values;
    await visit.reply(desk.asked.support, { path: { trackingNumber: number.data }, body: { device } });
    return seeOther(`/laporan/${number.data}`, visit.language, [draftCookie(kept)]);
  }),
];
