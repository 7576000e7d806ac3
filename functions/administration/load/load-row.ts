import type { Officer } from "../../../shared/directory/directory.ts";
import type { EntryKind } from "../../../shared/directory/entry-history.ts";
import type { Language } from "../../../shared/language.ts";
import { Refusal } from "../../../shared/refusal.ts";
import type { Asking } from "../ask-second-person.ts";
import { askSecondPerson, sameRequestWaiting, waits } from "../ask-second-person.ts";
import { agencyChange, agencyChangeBy, agencyRequest, storeAgency } from "../change-agency.ts";
import { officerChange, officerRequest, refuseOfficerChange, storeOfficer } from "../change-officer.ts";
import type { Registry } from "../registry.ts";
import type { Colleagues } from "./colleagues.ts";
import type { OrderedRow, Problem, RowResult } from "./rows.ts";

/** How rows are worked on. */
export interface Loading {
  who: Officer;
  language: Language;
  colleagues: Colleagues;
  /** Nothing is asked of a second person then. */
  isTrial: boolean;
  /** Of a trial: the open request about an entry. */
  waiting?: (kind: EntryKind, id: string) => Promise<string | undefined>;
}

interface Outcome extends Pick<RowResult, "outcome" | "request"> {
  notes?: readonly Problem[];
}

async function asked<K extends EntryKind>(
  registry: Registry,
  asking: Asking<K>,
  { who, language, isTrial }: Loading,
): Promise<Outcome> {
  if (isTrial) {
    const { waiting } = await sameRequestWaiting(registry, asking, who);
    return waiting
      ? { outcome: "waits", request: waiting.id, notes: [askedAlready(waiting.id)] }
      : { outcome: "waits" };
  }
  const reply = await askSecondPerson(registry, asking, { who, seen: undefined, language });
  return { outcome: "waits", request: waits.parse(reply.body).request.id };
}

async function loadAgency(
  registry: Registry,
  { id, ...entry }: Extract<NonNullable<OrderedRow["right"]>, { kind: "agency" }>["entry"],
  loading: Loading,
): Promise<Outcome> {
  const wanted = await agencyChange(registry, id, entry);
  const change = agencyChangeBy(registry, wanted, loading.who);
  if (!change) return { outcome: "unchanged" };
  if (wanted.matters.length > 0) return asked(registry, agencyRequest(wanted), loading);
  await storeAgency(registry, wanted, change, { language: loading.language });
  return { outcome: wanted.before ? "changed" : "created", ...(await requestEnded(loading, "agency", id)) };
}

const furtherPost: Problem = {
  field: "email",
  message: {
    id: "Alamat ini sudah punya akun petugas di instansi lain. Orang itu mendapat jabatan kedua dengan akun yang sama, dan diberi tahu.",
    en: "This address has the account of an officer of another agency. That person gets a second post with the same account, and is told.",
  },
};

const askedAlready = (id: string): Problem => ({
  field: "",
  message: {
    id: `Perubahan yang sama sudah Anda mintakan dan masih menunggu orang kedua (nomor ${id}). Tidak ada permohonan baru.`,
    en: `You have asked for the same change already, and it waits for a second person (number ${id}). No new request is made.`,
  },
});

const endsRequest = (id: string): Problem => ({
  field: "",
  message: {
    id: `Permohonan tentang data ini masih menunggu orang kedua (nomor ${id}). Bila baris ini dijalankan, permohonan itu tidak berlaku lagi.`,
    en: `A request about this entry waits for a second person (number ${id}). If this row is carried out, that request no longer counts.`,
  },
});

/** Tells of a trial which request would no longer count once the entry changes. */
async function requestEnded(
  { waiting }: Pick<Loading, "waiting">,
  kind: EntryKind,
  id: string,
): Promise<Pick<Outcome, "request" | "notes">> {
  const request = await waiting?.(kind, id);
  return request === undefined ? {} : { request, notes: [endsRequest(request)] };
}

/** The other posts of whoever has this account. */
const otherPosts = async ({ entries }: Registry, { id, subject }: Officer): Promise<Officer[]> =>
  (await entries.holdersOf(subject))
    .map(({ entry }) => entry)
    .filter((one) => one.id !== id && !one.dismissedAt);

const addressTaken = (id: string) => {
  const message = {
    id: `Alamat ini sudah dipakai petugas lain di instansi ini (${id}). Isi kolom id dengan id itu, atau pakai alamat lain.`,
    en: `Another officer of this agency has this address (${id}). Put that id into the column id, or use another address.`,
  };
  return new Refusal("invalid-input", message, { fields: [{ in: "body", path: "email", message }] });
};

async function loadOfficer(
  registry: Registry,
  { id, ...entry }: Extract<NonNullable<OrderedRow["right"]>, { kind: "officer" }>["entry"],
  loading: Loading,
): Promise<Outcome> {
  const before = await registry.entries.find("officer", id);
  const change = await officerChange(registry, id, before, entry);
  refuseOfficerChange(registry, change, loading.who);
  const was = before?.entry;
  const isSame =
    was &&
    !was.dismissedAt &&
    Object.entries(entry).every(
      ([field, value]) => value === undefined || was[field as keyof Officer] === value,
    );
  // Storing the same again would mail the invitation again.
  if (isSame) return { outcome: "unchanged" };
  const colleagues = await loading.colleagues.of(entry.agencyId);
  const taken = colleagues.find(
    (one) => one.id !== id && !one.dismissedAt && one.email.toLowerCase() === entry.email.toLowerCase(),
  );
  if (taken) throw addressTaken(taken.id);
  if (change.matters.length > 0) return asked(registry, officerRequest(change), loading);
  const { entry: after } = await storeOfficer(registry, change, {
    who: loading.who,
    language: loading.language,
  });
  if (was) loading.colleagues.forget(was.agencyId);
  const outcome = before ? "changed" : "created";
  if (!loading.isTrial) return { outcome };
  const ended = await requestEnded(loading, "officer", id);
  const isShared = was?.subject !== after.subject && (await otherPosts(registry, after)).length > 0;
  return { ...ended, outcome, notes: [...(isShared ? [furtherPost] : []), ...(ended.notes ?? [])] };
}

const problemsOf = ({ text, fields }: Refusal, language: Language): RowResult["problems"] =>
  fields.length > 0
    ? fields.map(({ path, message }) => ({ field: path, message: message[language] }))
    : [{ field: "", message: text[language] }];

/** Does what one row asks for, in the first post that may. What is refused is said of this row alone. */
export async function loadRow(
  registry: Registry,
  { kind, row, id, right, problems }: OrderedRow,
  { posts, ...how }: Omit<Loading, "who"> & { posts: readonly Officer[] },
): Promise<RowResult> {
  const { language } = how;
  const told = { kind, row, id: id.slice(0, 80) };
  if (!right)
    return {
      ...told,
      outcome: "refused",
      problems: problems.map(({ field, message }) => ({ field, message: message[language] })),
    };
  let refusal: Refusal | undefined;
  for (const who of posts)
    try {
      const loading = { who, ...how };
      const outcome =
        right.kind === "agency"
          ? await loadAgency(registry, right.entry, loading)
          : await loadOfficer(registry, right.entry, loading);
      const { notes = [], ...became } = outcome;
      return {
        ...told,
        ...became,
        problems: [],
        ...(notes.length > 0 && {
          notes: notes.map(({ field, message }) => ({ field, message: message[language] })),
        }),
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal ??= error;
      if (!error.ofPost) break;
    }
  return { ...told, outcome: "refused", problems: refusal ? problemsOf(refusal, language) : [] };
}
