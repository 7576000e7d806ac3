import { createHash, randomBytes, randomUUID } from "node:crypto";
import { sealUnderSecret } from "../platform/cookie-seal.ts";
import { tolerant } from "../stored.ts";
import { type Draft, draft, draftSeconds, newDraft } from "./draft.ts";
import type { DraftStore } from "./draft-store.ts";

/** A draft with the secret that opens it. Only the visitor's cookie holds the secret. */
export interface Held {
  secret: string;
  draft: Draft;
}

const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text);
const idOf = (secret: string): string => createHash("sha256").update(`draft ${secret}`).digest("base64url");
const name = "draft";

/** A fresh draft that is not stored yet. */
export const beginDraft = (): Held => ({
  secret: randomBytes(32).toString("base64url"),
  draft: newDraft(randomUUID()),
});

/** The draft of a visitor, as long as it lasts. */
export async function openDraft(
  drafts: DraftStore,
  secret: string | undefined,
  at: Date,
): Promise<Held | undefined> {
  if (secret === undefined || !isSecret(secret)) return undefined;
  const sealed = await drafts.get(idOf(secret), at);
  if (sealed === undefined) return undefined;
  const read = tolerant(draft).safeParse(await sealUnderSecret(secret).open(sealed, name));
  return read.success ? { secret, draft: read.data } : undefined;
}

/** How often a change is tried where another tab changed the draft at the same moment. */
const attempts = 5;

/** Changes a draft and stores it. What another tab stored meanwhile is kept, apart from the fields of this change. */
export async function changeDraft(
  drafts: DraftStore,
  held: Held,
  change: (before: Draft) => Draft,
  at: Date,
): Promise<Held> {
  const { secret } = held;
  const savedAt = Math.floor(at.getTime() / 1000);
  let before = held.draft;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const changed = { ...change(before), version: before.version + 1, savedAt };
    const sealed = await sealUnderSecret(secret).seal(changed, name);
    if (
      await drafts.put(idOf(secret), { sealed, version: changed.version, expiresAt: savedAt + draftSeconds })
    )
      return { secret, draft: changed };
    before = (await openDraft(drafts, secret, at))?.draft ?? { ...before, version: 0 };
  }
  throw new Error("A draft is being changed too often at once");
}

export const removeDraft = (drafts: DraftStore, { secret }: Pick<Held, "secret">): Promise<void> =>
  drafts.remove(idOf(secret));
