import { roleText } from "../../case/views/words.ts";
import { inBoth, inWords } from "../../deadline/calendar/time-zone.ts";
import { type ChangeRequest, mattersInWords } from "../../directory/administration/request.ts";
import type { RequestNotice } from "../mail-message.ts";
import { type Fact, layOut, type Mail, type MailLink } from "./mail.ts";
import { requestWords } from "./words/request.ts";

/** Somebody who is told of a request. */
export interface RequestReader {
  name: string;
  email: string;
  /** Whether the request is about them. They are told at the address that they had before. */
  isConcerned: boolean;
}

/** Where administrators read requests. It names none. Undefined where the stage has no pages. */
const requestsLink = (siteUrl: string | undefined): MailLink | undefined =>
  siteUrl === undefined
    ? undefined
    : {
        label: "Buka permohonan / Open the requests",
        url: new URL("/petugas/kelola/permintaan", siteUrl).toString(),
        isButton: true,
      };

/**
 * The mail about a request, in Indonesian first. It holds neither a new nor an old address, no name but its reader's, and
 * no reason. Whoever the request is about is led nowhere: this mail asks them to call, and it may be to an address that somebody else reads.
 */
export function requestNoticeMail(
  request: ChangeRequest,
  what: RequestNotice["what"],
  { name, email, isConcerned }: RequestReader,
  {
    agency,
    timeZone,
    siteUrl,
  }: { agency: string; timeZone: Parameters<typeof inWords>[1]; siteUrl: string | undefined },
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
    link: isConcerned ? undefined : requestsLink(siteUrl),
    closing:
      "SP4N-LAPOR! mengirim email ini secara otomatis. Jangan membalas email ini. / SP4N-LAPOR! sent this email automatically. Do not reply to it.",
  });
}
