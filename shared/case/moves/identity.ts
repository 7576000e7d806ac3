import * as z from "zod";
import type { Language } from "../../language.ts";
import { Refusal } from "../../refusal.ts";
import { nik } from "../../reporter/nik.ts";
import { phone } from "../../reporter/phone.ts";
import { type FormerAddress, type ReporterIdentity, reporterIdentity } from "../../reporter/reporter.ts";
import { tolerant } from "../../stored.ts";
import { line, written } from "../../text/writing.ts";
import { type Act, type Case, type Moved, moved } from "../case.ts";
import { objectionToDeletion } from "./retention.ts";

const nothingOnFile = () =>
  new Refusal("conflict", {
    id: "Laporan ini tidak memuat identitas pelapor.",
    en: "There is no identity of a reporter with this case.",
  });

/** Whether the identity of a case may be opened. An anonymous reporter has to agree first. */
export const mayBeOpened = ({ anonymous, identityConsentedAt }: Case): boolean =>
  !anonymous || identityConsentedAt !== undefined;

/** What stands in the way of an opening: there is no identity, or its anonymous owner did not agree. */
export function refusalOfOpening(found: Case): Refusal | undefined {
  if (!found.identityOnFile) return nothingOnFile();
  if (mayBeOpened(found)) return undefined;
  return new Refusal("conflict", {
    id: "Pelapor anonim, dan belum atau tidak lagi mengizinkan identitasnya dibuka.",
    en: "The reporter is anonymous and has not agreed that their identity is opened.",
  });
}

export const opening = z.strictObject({ reason: written(1_000) });

/** Records that somebody is shown who reported a case, and why. Refuses an anonymous case whose reporter did not agree. */
export function openIdentity(
  found: Case,
  { reason, how }: { reason: string; how: "shown" | "searched" },
  act: Act,
): Moved {
  const objection = refusalOfOpening(found);
  if (objection) throw objection;
  return moved(found, act, "identity-opened", { reason, how });
}

/** Whether a case is over without an answer. Then its originals are nobody's evidence but the reporter's. */
const isShut = ({ status }: Pick<Case, "status">): boolean => status === "archived" || status === "withdrawn";

/** Whether the reporter has to agree before anybody opens the original of a file of theirs. */
const consentIsNeeded = (found: Pick<Case, "anonymous" | "status">): boolean =>
  found.anonymous || isShut(found);

const originalsStayClosed = (found: Pick<Case, "status">) =>
  new Refusal(
    "conflict",
    isShut(found)
      ? {
          id: "Laporan ini diarsipkan atau dicabut, dan pelapor belum atau tidak lagi mengizinkan berkas aslinya dibuka. Pakai salinannya.",
          en: "This case is archived or withdrawn, and its reporter has not agreed that its originals are opened. Use the copy.",
        }
      : {
          id: "Pelapor anonim, dan belum atau tidak lagi mengizinkan berkas aslinya dibuka. Pakai salinannya.",
          en: "The reporter is anonymous and has not agreed that their originals are opened. Use the copy.",
        },
  );

const consentNotNeeded = () =>
  new Refusal("conflict", {
    id: "Laporan ini tidak anonim dan belum diarsipkan atau dicabut, jadi persetujuan ini tidak diperlukan.",
    en: "This case is not anonymous, and it is neither archived nor withdrawn, so this consent is not needed.",
  });

/** Refuses to open originals of the reporter's files without a consent that is needed. The table of moves says who may open any. */
export const refusalOfOriginals = (
  found: Pick<Case, "anonymous" | "status" | "identityConsentedAt">,
): Refusal | undefined =>
  !consentIsNeeded(found) || found.identityConsentedAt !== undefined ? undefined : originalsStayClosed(found);

/** Refuses a word on a consent that nobody needs, unless there is one to take back. */
export const refusalOfOpeningConsent = (found: Case): Refusal | undefined =>
  consentIsNeeded(found) || found.identityConsentedAt !== undefined ? undefined : consentNotNeeded();

export const openingConsent = z.strictObject({ agreed: z.boolean() });

/**
 * The reporter lets their identity and the originals of their files be opened, or takes that back. Refuses a consent that nobody
 * needs. It can be taken back always.
 */
export function consentToOpening(found: Case, { agreed }: z.output<typeof openingConsent>, act: Act): Moved {
  const objection = refusalOfOpeningConsent(found);
  if (objection) throw objection;
  if (agreed && !consentIsNeeded(found)) throw consentNotNeeded();
  return moved(
    found,
    act,
    "identity-consented",
    { agreed },
    { identityConsentedAt: agreed ? act.at.toISOString() : undefined },
  );
}

/**
 * Has the originals of the files erased that the reporter sent until now. The inspected copies stay. A court does not hinder it:
 * what was opened for it stands in the history.
 */
export const eraseOriginals = (found: Case, act: Act): Moved =>
  moved(found, act, "originals-erased", {}, { originalsExpiredAt: act.at.toISOString() });

export const erasure = z.strictObject({});

/** The address that the reporter gives up. It is told so even if mails were stopped: a thief of the receipt would stop them first. */
const formerOf = (
  before: ReporterIdentity | undefined,
  after: string | undefined,
): { former?: FormerAddress } =>
  before?.email === undefined || before.email === after
    ? {}
    : { former: { email: before.email, language: before.language } };

/** A field that is not named stays as it is. Null removes it. */
export const correction = z.strictObject({
  name: line(100).nullable().optional(),
  email: z.email().max(254).nullable().optional(),
  phone: phone.nullable().optional(),
  nik: nik.nullable().optional(),
});

/**
 * Corrects the reporter's identity. The former data are kept nowhere, except for an address that was given up, until it was told.
 * A correction that leaves nothing is a deletion. It is refused where a deletion is.
 */
export function correctContact(
  found: Case,
  changes: z.output<typeof correction>,
  { before, language, ...act }: Act & { before: ReporterIdentity | undefined; language: Language },
): Moved {
  const { trackingNumber } = found;
  const { receiptToMail: _r, mailsStopped: _m, ...known } = before ?? {};
  const after = Object.fromEntries(
    Object.entries({ language, ...known, trackingNumber, ...changes }).filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  );
  const identity = tolerant(reporterIdentity).parse(after);
  const { name, email, phone, nik } = identity;
  if ([name, email, phone, nik].every((value) => value === undefined))
    return deleteIdentity(found, { ...act, before });
  return {
    ...moved(found, act, "contact-corrected", {}, { identityOnFile: true }),
    identity,
    ...formerOf(before, email),
  };
}

/** What stands in the way of a deletion: there is nothing to delete, or the law requires it to be kept. */
export function refusalOfDeletion(found: Case): Refusal | undefined {
  if (!found.identityOnFile) return nothingOnFile();
  const ground = objectionToDeletion(found);
  return ground && new Refusal("conflict", ground);
}

export const deletion = z.strictObject({});

/**
 * Deletes the reporter's identity, and with it the originals of the files that they sent. The case and the inspected copies stay.
 * Refuses, with the ground, while the law requires the identity to be kept.
 */
export function deleteIdentity(
  found: Case,
  { before, ...act }: Act & { before: ReporterIdentity | undefined },
): Moved {
  const objection = refusalOfDeletion(found);
  if (objection) throw objection;
  return {
    ...moved(
      found,
      act,
      "identity-deleted",
      {},
      {
        identityOnFile: undefined,
        identityConsentedAt: undefined,
        originalsExpiredAt: act.at.toISOString(),
      },
    ),
    identity: "removed",
    ...formerOf(before, undefined),
  };
}
