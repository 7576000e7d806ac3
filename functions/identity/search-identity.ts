import * as z from "zod";
import { searchReason, tellsKey } from "../../shared/case/identity-search/identity-search.ts";
import {
  noSoonerThan,
  recordAnswer,
  recordSearch,
} from "../../shared/case/identity-search/identity-search-flow.ts";
import { byOfficer } from "../../shared/case/moves/act-flow.ts";
import { openIdentity, refusalOfOpening } from "../../shared/case/moves/identity.ts";
import { type Approach, makeMove, standingOf } from "../../shared/case/moves/move-flow.ts";
import { mayEver, mayRead, permittedMoves, situationOf } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { type Language, say } from "../../shared/language.ts";
import { Refusal } from "../../shared/refusal.ts";
import { nik } from "../../shared/reporter/nik.ts";
import { phone } from "../../shared/reporter/phone.ts";
import type { SearchKey } from "../../shared/reporter/reporter.ts";
import type { Vault } from "./vault.ts";

/** So many cases are shown at once. The next search goes on behind them. */
const shownAtOnce = 50;
/** So many cases of one person are looked at. Whoever has more than that is no person. */
const mostOfPerson = 5_000;
/** So many cases are read at the same time. */
const readAtOnce = 25;
/** So often is a case opened anew that somebody changed in between. */
const attempts = 3;

const keyOf = (asked: { nik?: string | undefined; phone?: string | undefined }): SearchKey =>
  asked.nik === undefined ? { phone: asked.phone ?? "" } : { nik: asked.nik };

const search = z
  .strictObject({
    reason: searchReason,
    nik: nik.optional(),
    phone: phone.optional(),
    /** The cursor of the answer before: goes on behind the cases that it showed. */
    cursor: trackingNumber.optional(),
  })
  .refine((asked) => (asked.nik === undefined) !== (asked.phone === undefined), {
    path: ["nik"],
    ...say(
      "Isi NIK atau nomor telepon, salah satu saja.",
      "Give a NIK or a telephone number, one of the two.",
    ),
    abort: true,
  })
  .refine((asked) => !tellsKey(asked.reason, keyOf(asked)), {
    path: ["reason"],
    ...say(
      "Jangan tulis NIK atau nomor telepon dalam alasan; alasan disimpan selamanya.",
      "Write no NIK and no telephone number into the reason; reasons are kept for ever.",
    ),
  });

/** One search of one officer. */
interface Asked {
  officer: Officer;
  reason: string;
  by: "nik" | "phone";
  language: Language;
}

/** Refuses everybody who may open no identity at all. */
export function refuseUnlessSearching({ role }: Pick<Officer, "role">): void {
  if (!mayEver("open-identity", { role, own: true }))
    throw new Refusal("forbidden", {
      id: "Peran Anda tidak berwenang mencari menurut identitas.",
      en: "Your role does not allow searching by identity.",
    });
}

/** What a search answers. */
export const searchAnswer = z.object({
  items: z.array(z.object({ trackingNumber: z.string() })),
  cursor: z.string().nullable().describe("Goes on, as a search of its own that counts too"),
});

/**
 * `POST /v1/officer/identity-search`: the cases of a person whose NIK or telephone number somebody brings. The search is on record
 * before anything is looked up, also where it finds nothing. Answers only the cases whose identity this officer may open. Each of
 * them counts as opened, and its reporter is told. Of all other cases the answer, its time and what it writes tell nothing.
 */
export const searchIdentity = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Cari laporan seseorang", en: "Find a person's cases" },
      input: { body: search },
      output: { 200: searchAnswer },
      refusals: {
        "too-many-requests": "The searches of the officer's day are used up. Nothing was looked up.",
      },
    },
    async ({ body }, { officer, language }) => {
      refuseUnlessSearching(officer);
      const by = body.nik === undefined ? "phone" : "nik";
      const asked = { officer, reason: body.reason, by, language } as const;
      const search = await recordSearch(vault, officer, asked);
      return noSoonerThan(vault.searchTakes, async () => {
        const open = await openCases(vault, keyOf(body), { officer, after: body.cursor });
        const shown: string[] = [];
        for (const approach of open.slice(0, shownAtOnce))
          if (await isOpened(vault, approach, asked)) shown.push(approach.found.trackingNumber);
        await recordAnswer(vault, officer, { search, shown: shown.length });
        return ok({
          items: shown.map((number) => ({ trackingNumber: number })),
          cursor: open.length > shownAtOnce ? (open[shownAtOnce - 1]?.found.trackingNumber ?? null) : null,
        });
      });
    },
  );

/** The cases of a person that an officer may be shown, in order. They are read together, so that a few more take no longer. */
async function openCases(
  vault: Vault,
  key: SearchKey,
  { officer, after = "" }: { officer: Officer; after?: string | undefined },
): Promise<Approach[]> {
  const all = await vault.reporters.casesOf(key, mostOfPerson);
  const left = all.filter((number) => number > after).sort();
  const open: Approach[] = [];
  for (let from = 0; from < left.length; from += readAtOnce) {
    const portion = left.slice(from, from + readAtOnce);
    const approaches = await Promise.all(portion.map((number) => approachOf(vault, number, officer)));
    open.push(...approaches.flatMap((one) => one ?? []));
  }
  return open;
}

/** An officer in front of a case whose identity they may open. Undefined for every other case. */
async function approachOf(vault: Vault, number: string, officer: Officer): Promise<Approach | undefined> {
  const found = await vault.cases.get(number);
  if (!found) return undefined;
  const who = await standingOf(vault, found, officer);
  if (!mayRead(who) || refusalOfOpening(found)) return undefined;
  if (!permittedMoves(situationOf(found), who).includes("open-identity")) return undefined;
  return { found, who, by: byOfficer(officer) };
}

/** Whether a case is shown as this person's. Its history says so first. A case that may no longer be shown is passed over. */
async function isOpened(
  vault: Vault,
  before: Approach,
  { officer, reason, by, language }: Asked,
): Promise<boolean> {
  const how = "searched";
  let approach: Approach | undefined = before;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      await makeMove(
        vault,
        approach,
        { move: "open-identity", body: { reason, how, by: [by] }, language },
        ({ found, act }) => openIdentity(found, { reason, how }, act),
      );
      return true;
    } catch (error) {
      // Somebody changed the case in between. What they did belongs into no answer of a search.
      if (!(error instanceof Refusal && error.kind === "conflict")) throw error;
    }
    approach = await approachOf(vault, before.found.trackingNumber, officer);
    if (!approach) return false;
  }
  throw new Refusal("unavailable", {
    id: "Pencarian tidak selesai karena data sedang berubah. Cari lagi sebentar lagi.",
    en: "The search was not finished, because data are changing. Search again shortly.",
  });
}
