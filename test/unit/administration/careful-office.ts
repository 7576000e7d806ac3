import { expect } from "vitest";
import { sendEmail } from "../../../functions/jobs/send-email.ts";
import type { Officer } from "../../../shared/directory/directory.ts";
import { anOfficer } from "../../fakes/agencies.ts";
import { memoryMailer } from "../../fakes/mailer.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";
import { newOfficer, officerPath } from "./bodies.ts";

export const second = anOfficer("national-admin", "pemkot-samarinda");
export const cityToo = anOfficer("agency-admin", "pemkot-balikpapan", {
  id: "admin-kedua-balikpapan",
  name: "Contoh Admin Kedua",
  email: "admin.kedua@balikpapan.example",
  subject: "subject-of-admin-kedua",
});
export const elsewhere = anOfficer("agency-admin", "pemkot-samarinda");
const people = [...Object.values(staff), second, cityToo, elsewhere];

export const path = officerPath("contoh-kepala-baru");
export const newHead = { ...newOfficer, role: "agency-head", agencyId: "balikpapan-dinas-pu" };
export const observer = { ...newOfficer, role: "ombudsman-observer", agencyId: "kemenpanrb" };
/** The body of a PUT that changes something of somebody. */
export const asThey = (who: Who | Officer, change: object = {}) => {
  const { id: _, subject: _s, ...entry } = typeof who === "string" ? staff[who] : who;
  return { ...entry, ...change };
};

/** An office with two national administrators and two of the city, and the mails about requests. */
export function aCarefulOffice({
  ownAccounts = true,
  siteUrl,
}: { ownAccounts?: boolean; siteUrl?: string } = {}) {
  const office = anOffice(undefined, { people, ownAccounts });
  const mailer = memoryMailer();
  const send = sendEmail(
    { ...office, mailer },
    {
      verifyingAgency: "kemenpanrb",
      siteUrl,
      gathering: { alertSeconds: 1, dailySeconds: 1, newCaseSeconds: 0, caseSeconds: 0 },
    },
    office.now,
  );
  return {
    ...office,
    mailer,
    /** Asks for something and returns the request. */
    async ask(who: Who | Officer, at: string, body: unknown, headers: Record<string, string> = {}) {
      const answer = await office.admin(who, "PUT", at, body, headers);
      expect([answer.status, answer.body.detail]).toEqual([202, undefined]);
      return answer.body.request as { id: string; what: string[]; expiresAt: string; state: string };
    },
    confirm: (who: Who | Officer, { id }: { id: string }) =>
      office.admin(who, "POST", `requests/${id}/confirmation`),
    refuse: (who: Who | Officer, { id }: { id: string }, why = "Bukan permintaan yang bersangkutan.") =>
      office.admin(who, "POST", `requests/${id}/refusal`, { reason: why }),
    withdraw: (who: Who | Officer, { id }: { id: string }) =>
      office.admin(who, "POST", `requests/${id}/withdrawal`, {}),
    /** Sends the mails that wait. Returns whom they went to. */
    async mailed(): Promise<string[]> {
      const from = mailer.sent.length;
      for (const message of office.mails.messages.splice(0)) await send(message);
      return mailer.sent.slice(from).map(({ to }) => to);
    },
    officer: (id: string) => office.directory.officer(id),
  };
}
