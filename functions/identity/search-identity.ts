import * as z from "zod";
import { byOfficer } from "../../shared/case/moves/act-flow.ts";
import { mayBeOpened, openIdentity, opening } from "../../shared/case/moves/identity.ts";
import { makeMove, standingOf } from "../../shared/case/moves/move-flow.ts";
import { legalMoves, mayEver, mayRead, situationOf } from "../../shared/case/moves/table.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { type Language, say } from "../../shared/language.ts";
import { Refusal } from "../../shared/refusal.ts";
import { nik } from "../../shared/reporter/nik.ts";
import { phone } from "../../shared/reporter/phone.ts";
import type { SearchKey } from "../../shared/reporter/reporter.ts";
import type { Vault } from "./vault.ts";

/** So many cases of one person are answered at once, and no more. */
const mostFound = 50;

const search = opening
  .extend({ nik: nik.optional(), phone: phone.optional() })
  .refine((asked) => (asked.nik === undefined) !== (asked.phone === undefined), {
    path: ["nik"],
    ...say(
      "Isi NIK atau nomor telepon, salah satu saja.",
      "Give a NIK or a telephone number, one of the two.",
    ),
  });

/**
 * `POST /v1/officer/identity-search`: the cases of a person whose NIK or telephone number somebody brings. Answers only
 * those whose identity this officer may open. Each of them counts as opened, and its reporter is told.
 */
export const searchIdentity = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Cari laporan seseorang", en: "Find a person's cases" },
      input: { body: search },
      output: { 200: z.object({ items: z.array(z.object({ trackingNumber: z.string() })) }) },
    },
    async ({ body }, { officer, language }) => {
      if (!mayEver("open-identity", { role: officer.role, own: true }))
        throw new Refusal("forbidden", {
          id: "Peran Anda tidak berwenang mencari menurut identitas.",
          en: "Your role does not allow searching by identity.",
        });
      const { nik, phone = "", reason } = body;
      const key: SearchKey = nik === undefined ? { phone } : { nik };
      const items: { trackingNumber: string }[] = [];
      for (const trackingNumber of await vault.reporters.casesOf(key, mostFound))
        if (await isShown(vault, trackingNumber, { officer, language, reason, by: Object.keys(key) }))
          items.push({ trackingNumber });
      return ok({ items });
    },
  );

/**
 * Whether a case is shown as this person's. The history of one that is shown says so first. One that may not be shown is passed
 * over in silence.
 */
async function isShown(
  vault: Vault,
  trackingNumber: string,
  { officer, language, reason, by }: { officer: Officer; language: Language; reason: string; by: string[] },
): Promise<boolean> {
  const found = await vault.cases.get(trackingNumber);
  if (!found) return false;
  const who = await standingOf(vault, found, officer);
  if (!mayRead(who) || !mayBeOpened(found) || !found.identityOnFile) return false;
  if (!legalMoves(situationOf(found), who).includes("open-identity")) return false;
  const how = "searched";
  await makeMove(
    vault,
    { found, who, by: byOfficer(officer) },
    { move: "open-identity", body: { reason, how, by }, language },
    ({ act }) => openIdentity(found, { reason, how }, act),
  );
  return true;
}
