import * as z from "zod";
import { gainsBy, mayStandIn, worksOnCases } from "../../shared/case/moves/deputies/deputy.ts";
import { absencesOf, absencesView } from "../../shared/case/views/absences-flow.ts";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import {
  type Absence,
  absence,
  absenceFrom,
  beAbsent,
  beBack,
  nothingToHandOver,
  refuseNamingOften,
} from "../../shared/directory/administration/absence.ts";
import {
  idsOf,
  noSuchEntry,
  notInCharge,
  refuseRole,
  refuseUnlessInCharge,
  rolesInCharge,
} from "../../shared/directory/administration/powers.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { Recorded } from "../../shared/directory/entry-history.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok, type Reply } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import type { AbsenceNotice } from "../../shared/notification/mail-message.ts";
import { Refusal } from "../../shared/refusal.ts";
import { officerId } from "../../shared/text/id.ts";
import { contradictsEntry, pathOf, type Registry, seen, store } from "./registry.ts";

interface Caller {
  who: Officer;
  seen?: number | undefined;
  language: Language;
}

type Notice = Omit<AbsenceNotice, "kind" | "absent" | "sequence" | "as">;

/** Has the deputy told, and the officer who is away if somebody else recorded it. A message that comes twice is mailed once. */
async function tellOf(
  { mails }: Registry,
  { entry, version }: Recorded<"officer">,
  who: Officer,
  notices: readonly Notice[],
): Promise<void> {
  const readers = who.id === entry.id ? (["deputy"] as const) : (["deputy", "absent"] as const);
  const messages = notices.flatMap((notice, index) =>
    readers
      .filter((as) => as === "deputy" || index === notices.length - 1)
      .map((as): AbsenceNotice => ({
        kind: "absence-notice",
        absent: entry.id,
        sequence: version,
        as,
        ...notice,
      })),
  );
  if ((await mails.send(messages)).length === 0) return;
  throw new Refusal("unavailable", {
    id: "Sudah tersimpan, tetapi pemberitahuannya belum terkirim. Kirim lagi permintaan yang sama.",
    en: "It is stored, but nobody has been told of it. Send the same request again.",
  });
}

const noticeOf = (what: Notice["what"], { deputyId: deputy, from, until }: Absence): Notice => ({
  what,
  deputy,
  from,
  until,
});

/** The agency of an officer, and the local date there. */
async function workplaceOf({ entries, now }: Registry, { agencyId }: Officer) {
  const agency = await entries.find("agency", agencyId);
  if (!agency) throw new Error("The directory does not have the agency of an officer");
  const at = now();
  return { agency: agency.entry, at, today: localDate(at, agency.entry.timeZone) };
}

async function answered(registry: Registry, after: Recorded<"officer">): Promise<Reply> {
  return ok(await absencesOf(registry.directory, after.entry, registry.now()), etag(after.version));
}

/** Names the deputy of an officer for a time, and has both told. The deputy's entry may not change meanwhile. */
async function setAbsence(
  registry: Registry,
  before: Recorded<"officer">,
  wanted: Absence,
  { who, ...storing }: Caller,
): Promise<Reply> {
  const { entry } = before;
  if (!worksOnCases(entry.role)) throw nothingToHandOver();
  const [place, deputy] = await Promise.all([
    workplaceOf(registry, entry),
    registry.entries.find("officer", wanted.deputyId),
  ]);
  const change = beAbsent(before, wanted, {
    who,
    ...place,
    deputy: deputy?.entry,
    mayMakeMoves: !!deputy && mayStandIn(deputy.entry.role, entry.role),
    gains: !!deputy && gainsBy(deputy.entry.role, entry.role),
  });
  if (change) refuseNamingOften(await registry.entries.history("officer", entry.id), place.at);
  const after = await store(registry, before, change, {
    ...storing,
    rests: deputy ? [{ kind: "officer", ...deputy }] : [],
  });
  const earlier = absenceFrom(entry, place.today);
  const isReplaced = earlier && earlier.deputyId !== wanted.deputyId;
  await tellOf(registry, after, who, [
    ...(isReplaced ? [noticeOf("ended", earlier)] : []),
    noticeOf("named", wanted),
  ]);
  return answered(registry, after);
}

/** Ends an absence before its time. Where there is none, there is nothing to do. */
async function endAbsence(
  registry: Registry,
  before: Recorded<"officer">,
  { who, ...storing }: Caller,
): Promise<Reply> {
  const { at, today } = await workplaceOf(registry, before.entry);
  const earlier = absenceFrom(before.entry, today);
  const after = await store(registry, before, beBack(before, who, at), storing);
  if (earlier) await tellOf(registry, after, who, [noticeOf("ended", earlier)]);
  return answered(registry, after);
}

const ownEntry = async ({ entries }: Registry, who: Officer): Promise<Recorded<"officer">> => {
  const found = await entries.find("officer", who.id);
  if (!found || found.entry.dismissedAt) throw notInCharge();
  return found;
};

/** Finds an officer whose absence this administrator may record. */
async function inCharge(registry: Registry, id: string, who: Officer): Promise<Recorded<"officer">> {
  refuseRole("change-officer", who);
  const found = await registry.entries.find("officer", id);
  if (!found) throw noSuchEntry();
  refuseUnlessInCharge("change-officer", who, idsOf(await pathOf(registry, found.entry.agencyId)));
  if (!rolesInCharge[who.role]?.includes(found.entry.role)) throw notInCharge();
  if (found.entry.dismissedAt)
    throw new Refusal("conflict", {
      id: "Petugas ini sudah diberhentikan, jadi tidak memerlukan wakil.",
      en: "This officer has been dismissed, so they need no deputy.",
    });
  return found;
}

const output = { 200: absencesView };
const namedOften = "The deputy was changed very often today. Retry-After says when to try again.";
const path = z.strictObject({ id: officerId });

/**
 * `PUT /v1/officer/me/absence`: names a deputy for the time in which the officer is away. The administration function serves
 * it, because the officer function may not write to the directory.
 */
export const beAway = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Tunjuk wakil selama saya tidak di tempat", en: "Name a deputy while I am away" },
      input: { header: seen, body: absence },
      output,
      refusals: { conflict: contradictsEntry, "too-many-requests": namedOften },
    },
    async ({ header, body }, { officer: who, language }) =>
      setAbsence(registry, await ownEntry(registry, who), body, { who, seen: header["if-match"], language }),
  );

/** `DELETE /v1/officer/me/absence`: ends the officer's absence before its time. */
export const comeBack = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Akhiri waktu saya tidak di tempat", en: "End my absence" },
      input: { header: seen },
      output,
      refusals: { conflict: contradictsEntry },
    },
    async ({ header }, { officer: who, language }) =>
      endAbsence(registry, await ownEntry(registry, who), { who, seen: header["if-match"], language }),
  );

/** `PUT /v1/admin/officers/{id}/absence`: names a deputy for an officer who cannot do it themselves. */
export const setOfficersAbsence = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Tunjuk wakil seorang petugas", en: "Name the deputy of an officer who is away" },
      input: { path, header: seen, body: absence },
      output,
      refusals: { conflict: contradictsEntry, "too-many-requests": namedOften },
    },
    async ({ path: { id }, header, body }, { officer: who, language }) =>
      setAbsence(registry, await inCharge(registry, id, who), body, {
        who,
        seen: header["if-match"],
        language,
      }),
  );

/** `DELETE /v1/admin/officers/{id}/absence`: ends an officer's absence before its time. */
export const endOfficersAbsence = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Akhiri waktu seorang petugas tidak di tempat", en: "End the absence of an officer" },
      input: { path, header: seen },
      output,
      refusals: { conflict: contradictsEntry },
    },
    async ({ path: { id }, header }, { officer: who, language }) =>
      endAbsence(registry, await inCharge(registry, id, who), { who, seen: header["if-match"], language }),
  );
