import { roleText } from "../../case/views/words.ts";
import { inWords } from "../../deadline/calendar/time-zone.ts";
import { type ChangeRequest, mattersInWords } from "../../directory/administration/request.ts";
import type { RequestNotice } from "../mail-message.ts";
import { type Fact, layOut, type Mail } from "./mail.ts";
import { requestWords } from "./words/request.ts";

/** Somebody who is told of a request. */
export interface RequestReader {
  name: string;
  email: string;
  /** Whether the request is about them. They are told at the address that they had before. */
  isConcerned: boolean;
}

/**
 * The mail about a request, in Indonesian first. It holds neither a new nor an old address, no name but its reader's, and
 * no reason.
 */
export function requestNoticeMail(
  request: ChangeRequest,
  what: RequestNotice["what"],
  { name, email, isConcerned }: RequestReader,
  { agency, timeZone }: { agency: string; timeZone: Parameters<typeof inWords>[1] },
): Mail {
  const { subject, told, todo } = requestWords[what];
  const whom = isConcerned ? "concerned" : "others";
  const open = what === "asked";
  const facts: Fact[] = [
    ["Nomor permohonan / Request", request.id],
    ["Perihal / About", `${mattersInWords(request, "id")} / ${mattersInWords(request, "en")}`],
    ["Instansi / Agency", agency],
    ["Diajukan oleh / Asked by", roleText[request.by.role].id],
    ["Waktu / When", inWords(request.at, timeZone, "id")],
    ...(open ? [["Berlaku sampai / Until", inWords(request.until, timeZone, "id")] as Fact] : []),
  ];
  return layOut(email, "id", {
    subject,
    greeting: `Yth. ${name},`,
    paragraphs: [told[whom].id, todo[whom].id, told[whom].en, todo[whom].en].filter(Boolean),
    facts,
    closing:
      "Surat ini dikirim otomatis oleh SP4N-LAPOR!. Jangan membalas surat ini. / SP4N-LAPOR! sent this mail automatically. Do not reply to it.",
  });
}
