import { randomBytes } from "node:crypto";
import * as z from "zod";
import {
  calendarHash,
  calendarPath,
  calendarToken,
  type OwnAddress,
} from "../../shared/calendar-feed/address.ts";
import { worksOnCases } from "../../shared/case/moves/deputies/deputy.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { logger } from "../../shared/platform/observability.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Registry } from "./registry.ts";

type Room = Pick<Registry, "calendarAddresses" | "frame" | "now">;

/** Whether an officer has an address for their calendar. The address itself is shown once and kept nowhere. */
export const calendarState = z.object({
  madeAt: z.iso.datetime().nullable().describe("When the address was made. Null where there is none."),
});

/** A new address, as it is shown once. */
export const newCalendar = z.object({
  url: z
    .string()
    .describe("The address to subscribe to. It is shown this once, and the one before works no more."),
  madeAt: z.iso.datetime(),
});

/** The address that the caller saw, by when it was made. Where another one has been made since, nothing is done. */
const replacing = z.strictObject({ replaces: z.iso.datetime().nullable().optional() });

const refuseWithoutCases = ({ role }: Pick<Officer, "role">): void => {
  if (worksOnCases(role)) return;
  throw new Refusal("forbidden", {
    id: "Peran ini tidak menangani laporan, jadi kalendernya kosong.",
    en: "This role does not work on cases, so its calendar would be empty.",
  });
};

const changedMeanwhile = () =>
  new Refusal("conflict", {
    id: "Sementara itu alamat kalender Anda sudah diganti. Buka lagi halamannya, lalu putuskan kembali.",
    en: "The address of your calendar has been replaced in the meantime. Open the page again, then decide anew.",
  });

const contradictsAddress = "Another address was made, or it was revoked, in the meantime.";

const stateOf = (found: OwnAddress | undefined): z.input<typeof calendarState> => ({
  madeAt: found?.madeAt ?? null,
});

/** `GET /v1/officer/me/calendar`: whether the officer has an address for their calendar, and since when. */
export const showOwnCalendar = ({ calendarAddresses }: Room) =>
  officerEndpoint(
    {
      summary: {
        id: "Apakah saya punya alamat kalender",
        en: "Whether I have an address for my calendar",
      },
      input: {},
      output: { 200: calendarState },
    },
    async (_request, { officer }) => {
      refuseWithoutCases(officer);
      return ok(stateOf(await calendarAddresses.of(officer.subject)));
    },
  );

/**
 * `PUT /v1/officer/me/calendar`: makes an address under which programs read the officer's deadlines. It is shown once, and only its hash
 * is kept. The address of before works no more.
 */
export const makeOwnCalendar = ({ calendarAddresses, frame, now }: Room) =>
  officerEndpoint(
    {
      summary: {
        id: "Buat alamat kalender batas waktu saya",
        en: "Make an address for the calendar of my deadlines",
      },
      input: { body: replacing },
      output: { 200: newCalendar },
      refusals: { conflict: contradictsAddress },
    },
    async ({ body: { replaces } }, { officer }) => {
      refuseWithoutCases(officer);
      const { subject } = officer;
      const seen = await calendarAddresses.of(subject);
      if (replaces !== undefined && replaces !== stateOf(seen).madeAt) throw changedMeanwhile();
      const token = calendarToken(randomBytes);
      const madeAt = now().toISOString();
      if (!(await calendarAddresses.replace(subject, seen, { hash: calendarHash(token), madeAt })))
        throw changedMeanwhile();
      logger.info("calendar address made", { officerId: officer.id });
      const path = calendarPath(token);
      return ok({ url: frame.siteUrl === undefined ? path : new URL(path, frame.siteUrl).href, madeAt });
    },
  );

/** `DELETE /v1/officer/me/calendar`: revokes the address of the officer's calendar. Where there is none, there is nothing to do. */
export const revokeOwnCalendar = ({ calendarAddresses, now }: Room) =>
  officerEndpoint(
    {
      summary: { id: "Cabut alamat kalender saya", en: "Revoke the address of my calendar" },
      input: {},
      output: { 200: calendarState },
      refusals: { conflict: contradictsAddress },
    },
    async (_request, { officer: { id, subject } }) => {
      const seen = await calendarAddresses.of(subject);
      if (seen && !(await calendarAddresses.revoke(subject, seen, now()))) throw changedMeanwhile();
      if (seen) logger.info("calendar address revoked", { officerId: id });
      return ok(stateOf(undefined));
    },
  );
