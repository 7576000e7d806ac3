import * as z from "zod";
import type { Language } from "../language.ts";
import type { CaseFile } from "./case.ts";
import { statusText } from "./case.ts";
import type { CaseEvent } from "./history.ts";
import { caseClass, location } from "./submission.ts";

/** What readers of a case see by name besides what the case itself holds. */
export interface Names {
  agency: string | undefined;
  region: string | undefined;
  category: string | undefined;
}

const named = z.object({ id: z.string(), name: z.string() });

const timelineEntry = z.object({
  sequence: z.int(),
  type: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
  /** A role, never a person. */
  by: z.string(),
});

/** What anybody who knows the tracking number sees. Of a secret case nothing of what was reported. */
export const publicView = z.object({
  trackingNumber: z.string(),
  status: z.string(),
  statusText: z.string(),
  class: caseClass,
  submittedAt: z.iso.datetime(),
  agency: named.nullable(),
  anonymous: z.boolean(),
  secret: z.boolean(),
  timeline: z.array(timelineEntry),
  title: z.string().optional(),
  text: z.string().optional(),
  occurredOn: z.iso.date().optional(),
  category: named.optional(),
  location: z
    .object({ regionCode: z.string(), regionName: z.string(), address: z.string().optional() })
    .optional(),
});

/** What the holder of the receipt sees: all that they told us about the event, whatever the public sees. */
export const reporterView = publicView.extend({
  location: location.extend({ regionName: z.string() }).optional(),
});

const eventText: Record<CaseEvent["type"], Record<Language, string>> = {
  submitted: { id: "Laporan diterima", en: "Report received" },
};

const heading = ({ case: found, events }: CaseFile, names: Names, language: Language) => ({
  trackingNumber: found.trackingNumber,
  status: found.status,
  statusText: statusText[found.status][language],
  class: found.class,
  submittedAt: found.submittedAt,
  agency: found.agencyId === undefined ? null : { id: found.agencyId, name: names.agency ?? found.agencyId },
  anonymous: found.anonymous,
  secret: found.secret,
  timeline: events.map(({ sequence, type, at, by }) => ({
    sequence,
    type,
    text: eventText[type][language],
    at,
    by: by.role,
  })),
});

const content = ({ case: found }: CaseFile, names: Names) => ({
  title: found.title,
  text: found.text,
  ...(found.occurredOn && { occurredOn: found.occurredOn }),
  ...(found.category && { category: { id: found.category, name: names.category ?? found.category } }),
});

/**
 * For everybody. Coordinates are never in it and an address not when the reporter is anonymous: people
 * report from where they live.
 */
export function asPublic(file: CaseFile, names: Names, language: Language): z.input<typeof publicView> {
  const { anonymous, secret, location } = file.case;
  if (secret) return heading(file, names, language);
  return {
    ...heading(file, names, language),
    ...content(file, names),
    ...(location && {
      location: {
        regionCode: location.regionCode,
        regionName: names.region ?? location.regionCode,
        ...(location.address && !anonymous && { address: location.address }),
      },
    }),
  };
}

/** For the holder of the receipt. */
export function asReporter(file: CaseFile, names: Names, language: Language): z.input<typeof reporterView> {
  const { location } = file.case;
  return {
    ...heading(file, names, language),
    ...content(file, names),
    ...(location && { location: { ...location, regionName: names.region ?? location.regionCode } }),
  };
}
