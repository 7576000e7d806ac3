import type { inspect } from "../../shared/attachment/inspection/inspection.ts";
import type { Arrival, Inspecting } from "../../shared/attachment/inspection-flow.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { type Answer, call, type Handler } from "./gateway.ts";
import { staff, type Who } from "./staff.ts";

/** Inspects one upload, as its message asks. */
type Inspect = (
  upload: Omit<Arrival, "waits">,
  change?: Partial<Inspecting>,
  look?: typeof inspect,
) => Promise<void>;

/** Calls the API as the people of one case: officers, the reporter with the receipt, the public. */
export function peopleOf(
  {
    number,
    receipt,
    officerApi,
    reporterApi,
    identityApi,
    publicApi,
    evidenceApi,
  }: { number: string; receipt: { authorization: string } } & Record<
    "officerApi" | "reporterApi" | "identityApi" | "publicApi" | "evidenceApi",
    Handler
  >,
  inspect: Inspect,
) {
  return {
    number,
    receipt,
    publicApi,
    /** Makes an officer's move: "answer", "assignment" ... */
    as: (who: Who | Officer, path: string, body: unknown = {}, headers = {}): Promise<Answer> =>
      call(officerApi, "POST", `/v1/officer/cases/${number}/${path}`, {
        body,
        headers,
        subject: (typeof who === "string" ? staff[who] : who).subject,
      }),
    /** Makes a reporter's move: "replies", "confirmation" ... */
    reporter: (path: string, body: unknown = {}): Promise<Answer> =>
      call(reporterApi, "POST", `/v1/cases/${number}/${path}`, { body, headers: receipt }),
    openIdentity: (who: Who, reason: string): Promise<Answer> =>
      call(identityApi, "POST", `/v1/officer/cases/${number}/identity-opening`, {
        body: { reason },
        subject: staff[who].subject,
      }),
    /** Lets mails about the case go out, or stops them. */
    chooseMails: (mails: boolean): Promise<Answer> =>
      call(reporterApi, "PUT", `/v1/cases/${number}/mail-settings`, { body: { mails }, headers: receipt }),
    correct: (changes: object): Promise<Answer> =>
      call(identityApi, "PUT", `/v1/cases/${number}/contact`, { body: changes, headers: receipt }),
    deleteIdentity: (): Promise<Answer> =>
      call(identityApi, "POST", `/v1/cases/${number}/identity-deletion`, { body: {}, headers: receipt }),
    personalData: () => call(identityApi, "GET", `/v1/cases/${number}/personal-data`, { headers: receipt }),
    seenByPublic: () => call(publicApi, "GET", `/v1/cases/${number}`),
    seenByReporter: () => call(publicApi, "GET", `/v1/cases/${number}`, { headers: receipt }),
    seenBy: (who: Who | Officer) =>
      call(officerApi, "GET", `/v1/officer/cases/${number}`, {
        subject: (typeof who === "string" ? staff[who] : who).subject,
      }),
    /** Calls any route of the case with the receipt, from a network. */
    from: (
      address: string,
      method: string,
      path = "",
      { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
    ) =>
      call(method === "GET" ? publicApi : reporterApi, method, `/v1/cases/${number}${path}`, {
        address,
        headers: { ...receipt, ...headers },
        ...(body !== undefined && { body }),
      }),
    /** Downloads a file as the reporter, or as an officer. */
    fetch: (attachmentId: string, who?: Who, query?: Record<string, string>) =>
      who
        ? call(officerApi, "GET", `/v1/officer/cases/${number}/attachments/${attachmentId}`, {
            subject: staff[who].subject,
            query,
          })
        : call(publicApi, "GET", `/v1/cases/${number}/attachments/${attachmentId}`, {
            headers: receipt,
            query,
          }),
    openOriginal: (who: Who, attachmentId: string, reason = "Pemeriksaan keaslian foto.") =>
      call(evidenceApi, "POST", `/v1/officer/cases/${number}/attachments/${attachmentId}/opening`, {
        body: { reason },
        subject: staff[who].subject,
      }),
    /** Fetches an original that was opened before. */
    fetchOriginal: (who: Who, attachmentId: string): Promise<Answer> =>
      call(evidenceApi, "GET", `/v1/officer/cases/${number}/attachments/${attachmentId}/original`, {
        subject: staff[who].subject,
      }),
    inspect,
    proof: () => call(publicApi, "GET", `/v1/cases/${number}/proof`),
    proofFor: (who: Who) =>
      call(officerApi, "GET", `/v1/officer/cases/${number}/proof`, { subject: staff[who].subject }),
  };
}
