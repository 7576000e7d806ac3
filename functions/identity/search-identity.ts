import * as z from "zod";
import { mayBeOpened, openIdentity, opening } from "../../shared/case/moves/identity.ts";
import { makeMove } from "../../shared/case/moves/move-flow.ts";
import { legalMoves, mayRead, situationOf, type Standing } from "../../shared/case/moves/table.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import { say } from "../../shared/language.ts";
import { Refusal } from "../../shared/refusal.ts";
import { nik } from "../../shared/reporter/nik.ts";
import { phone } from "../../shared/reporter/phone.ts";
import type { SearchKey } from "../../shared/reporter/reporter.ts";
import { actOf, type Vault } from "./vault.ts";

/** More cases of one person are not answered at once. */
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
 * `POST /v1/officer/identity-search`: the cases of a person whose NIK or telephone number somebody brings. Only those whose
 * identity this officer might open; each that is answered counts as opened, and its reporter is told.
 */
export const searchIdentity = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Cari laporan seseorang", en: "Find a person's cases" },
      input: { body: search },
      output: { 200: z.object({ items: z.array(z.object({ trackingNumber: z.string() })) }) },
    },
    async ({ body }, { officer, language }) => {
      if (officer.role !== "agency-head" && officer.role !== "ombudsman-observer")
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

/** Puts on record that a case is shown as this person's, where that is allowed; what is not, is passed over in silence. */
async function isShown(
  vault: Vault,
  trackingNumber: string,
  { officer, language, reason, by }: { officer: Officer; language: Language; reason: string; by: string[] },
): Promise<boolean> {
  const found = await vault.cases.get(trackingNumber);
  if (!found) return false;
  const path = await vault.directory.pathOf(found.holder);
  const who: Standing = { role: officer.role, own: path.includes(officer.agencyId) };
  if (!mayRead(who) || !mayBeOpened(found) || !found.identityOnFile) return false;
  if (!legalMoves(situationOf(found), who).includes("open-identity")) return false;
  const how = "searched";
  const request = {
    move: "open-identity",
    who,
    body: { reason, how, by },
    seen: undefined,
    language,
  } as const;
  await makeMove(vault, found, { ...request, act: actOf(officer, vault.now()) }, (act) =>
    openIdentity(found, { reason, how }, act),
  );
  return true;
}
