import type * as z from "zod";
import type { attachmentView } from "../../../case/views/attachment-view.ts";
import { roleText } from "../../../case/views/words.ts";
import type { Language, Text } from "../../../language.ts";
import type { EntrySeen } from "../../case/timeline.ts";
import { type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { officersCase } from "../move-addresses.ts";

/** A file of a case, as officers see it. */
export type FileSeen = z.output<typeof attachmentView>;

const words = {
  none: { id: "Belum ada lampiran.", en: "No files yet." },
  from: { id: "dari", en: "from" },
  remove: { id: "Hapus", en: "Remove" },
  original: { id: "Buka berkas asli", en: "Open the original" },
  evidence: { id: "Bukti", en: "Evidence" },
} as const satisfies Record<string, Text>;

/** The address of a file of a case for officers, without its language. */
export const officersFile = (trackingNumber: string, attachmentId: string): string =>
  `${officersCase(trackingNumber)}/berkas/${attachmentId}`;

interface Case {
  trackingNumber: string;
  attachments?: readonly FileSeen[] | undefined;
  /** What the officer may do with the case now. */
  legalMoves: ReadonlySet<string>;
  anonymous: boolean;
  identityConsentedAt?: string | undefined;
}

const isDocument = ({ type }: FileSeen): boolean => type.startsWith("application/vnd.");

/** Word and Excel documents have no copy that could be opened. */
const hasCopy = (one: FileSeen): boolean => one.state === "clean" && !isDocument(one);

/**
 * Whether there is a page to open the original on: for whoever may open any, and of a document for whoever works on the case. What
 * the page asks for besides stands there.
 */
const hasOriginalPage = ({ legalMoves }: Case, one: FileSeen): boolean =>
  one.state === "clean" &&
  !one.originalRemoved &&
  (legalMoves.has("open-original") || (isDocument(one) && legalMoves.has("attach")));

const fileLink = ({ trackingNumber }: Case, one: FileSeen, language: Language): Hole =>
  hasCopy(one)
    ? html`<a href="${pageIn(language, officersFile(trackingNumber, one.attachmentId))}">${one.name}</a>`
    : one.name;

/** Names the files that an entry of the timeline leans on. */
export const evidenceIn =
  (found: Case, language: Language) =>
  (entry: EntrySeen): Hole => {
    const { evidence, attachmentId } = entry.content ?? {};
    const ids = Array.isArray(evidence) ? (evidence as unknown[]) : [attachmentId];
    const files = (found.attachments ?? []).filter((one) => ids.includes(one.attachmentId));
    return (
      files.length > 0 &&
      html`<ul>${files.map((one) => html`<li>${Array.isArray(evidence) && `${words.evidence[language]}: `}${fileLink(found, one, language)}</li>`)}</ul>`
    );
  };

const senderOf = ({ by }: FileSeen, language: Language): string =>
  by in roleText
    ? roleText[by as keyof typeof roleText][language].replace(/^\p{L}/u, (first) => first.toLowerCase())
    : by;

function fileSeen(found: Case, one: FileSeen, language: Language): Html {
  const address = pageIn(language, officersFile(found.trackingNumber, one.attachmentId));
  const link = (part: string, label: Text) =>
    html`<a class="link" href="${`${address}/${part}`}">${label[language]}<span class="unseen">: ${one.name}</span></a>`;
  return html`<li class="card">${one.state === "clean" && one.thumbnail && html`<p><img src="${`${address}?kecil=ya`}" alt="" loading="lazy"></p>`}<p>${fileLink(found, one, language)} (${words.from[language]} ${senderOf(one, language)})</p><p class="hint">${one.stateText}</p>${one.warning && html`<p><b>${one.warning}</b></p>`}<p class="row">${hasOriginalPage(found, one) && link("asli", words.original)}${one.mayRemove && link("hapus", words.remove)}</p></li>`;
}

/** The files of a case with small pictures, each with what can be done with it. */
export const filesSeen = (found: Case, language: Language): Html => {
  const { attachments = [] } = found;
  return attachments.length === 0
    ? html`<p>${words.none[language]}</p>`
    : html`<ul class="thumbs">${attachments.map((one) => fileSeen(found, one, language))}</ul>`;
};
