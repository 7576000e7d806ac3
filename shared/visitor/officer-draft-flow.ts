import { createHmac } from "node:crypto";
import { sealUnderSecret } from "../platform/cookie-seal.ts";
import type { KeyedHash } from "../platform/encryption.ts";
import { tolerant } from "../stored.ts";
import type { DraftStore } from "./draft-store.ts";
import { fitsDraft, type OfficerDraft, officerDraft, officerDraftSeconds } from "./officer-draft.ts";

/** The partition keys of officers' drafts begin so. Those of citizens' drafts do not. */
export const officerDraftKeys = "OFFICER-DRAFT";

/** What officers typed into pages, each by the officer's subject and the address of the page. */
export interface OfficerDrafts {
  of(subject: string, address: string): Promise<OfficerDraft | undefined>;
  /** Keeps what was typed in place of what was kept before. False where it is too long. */
  keep(subject: string, address: string, values: OfficerDraft["values"]): Promise<boolean>;
  drop(subject: string, address: string): Promise<void>;
}

const name = "officer-draft";
/** How often a draft is stored where another device stores one at the same moment. */
const attempts = 5;

/**
 * Keeps drafts of officers. Name and key of a draft follow from a key of the stage, the officer and the page: the officer finds it
 * on any device, and whoever reads the table can tell neither whose it is nor what is in it.
 */
export function officerDraftsOf(
  store: DraftStore,
  { hash, now }: { hash: KeyedHash; now: () => Date },
): OfficerDrafts {
  let root: Promise<string> | undefined;
  const keyOfStage = () => {
    const asked = (root ??= hash("drafts of officers"));
    // A key that could not be had now is asked for again.
    asked.catch(() => (root = undefined));
    return asked;
  };

  async function placeOf(subject: string, address: string) {
    const key = await keyOfStage();
    const derived = (what: string) =>
      createHmac("sha256", key)
        .update(JSON.stringify([what, subject, address]))
        .digest("base64url");
    return { id: derived("id"), seal: sealUnderSecret(derived("secret")) };
  }
  type Place = Awaited<ReturnType<typeof placeOf>>;

  async function read({ id, seal }: Place): Promise<OfficerDraft | undefined> {
    const sealed = await store.get(id, now());
    return sealed === undefined
      ? undefined
      : tolerant(officerDraft).safeParse(await seal.open(sealed, name)).data;
  }

  return {
    of: async (subject, address) => read(await placeOf(subject, address)),

    async keep(subject, address, values) {
      const place = await placeOf(subject, address);
      const savedAt = Math.floor(now().getTime() / 1000);
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const before = await read(place);
        const kept = { values, version: (before?.version ?? 0) + 1, savedAt };
        if (!fitsDraft(kept)) return false;
        const sealed = await place.seal.seal(kept, name);
        const expiresAt = savedAt + officerDraftSeconds;
        if (await store.put(place.id, { sealed, version: kept.version, expiresAt })) return true;
        // What is there has expired, or was sealed under an old key.
        if (!before && !(await read(place))) await store.remove(place.id);
      }
      return false;
    },

    drop: async (subject, address) => store.remove((await placeOf(subject, address)).id),
  };
}
