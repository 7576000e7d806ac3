import { roleText } from "../../case/views/words.ts";
import { inBoth, inWords } from "../../deadline/calendar/time-zone.ts";
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
    ["Perihal / About", inBoth((language) => mattersInWords(request, language))],
    ["Instansi / Agency", agency],
    ["Diajukan oleh / Asked by", inBoth((language) => roleText[request.by.role][language])],
    ["Waktu / When", inBoth((language) => inWords(request.at, timeZone, language))],
    ...(open
      ? [["Berlaku sampai / Until", inBoth((language) => inWords(request.until, timeZone, language))] as Fact]
      : []),
  ];
  return layOut(email, "id", {
    subject,
    greeting: `Yth. ${name},`,
    paragraphs: [told[whom].id, todo[whom].id, told[whom].en, todo[whom].en].filter(Boolean),
    facts,
    closing:
      "SP4N-LAPOR! mengirim email ini secara otomatis. Jangan membalas email ini. / SP4N-LAPOR! sent this email automatically. Do not reply to it.",
  });
}
