import { createHash, randomBytes } from "node:crypto";
import { keepCookie } from "../../shared/http/page/cookies.ts";
import { broughtSession, type OfficerFrame, signedInCookie } from "../../shared/http/page/officer.ts";
import type { Visit } from "../../shared/http/page/visit.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { beginRun } from "../../shared/practice/practice-flow.ts";
import { type PracticeStore, runSeconds, type Trainee } from "../../shared/practice/practice-store.ts";
import { isOpen, withPageAt } from "../../shared/visitor/officer-session.ts";

/** The pages of practice work with this. They have no directory. */
export interface PracticeRoom {
  practice: PracticeStore;
  frame: Omit<OfficerFrame, "keep">;
  now: () => Date;
  countRun: Parameters<typeof beginRun>[0]["countRun"];
}

const name = "__Host-latihan";

/** Who is at a page of practice. */
export interface Practiser {
  /** Undefined for somebody who has begun nothing and has not signed in. */
  trainee: Trainee | undefined;
  signedIn: boolean;
  /** What keeps them known: an officer's session goes on while they practise. */
  cookies: readonly string[];
}

const isSecret = (text: string | undefined): text is string => text !== undefined && /^[\w-]{43}$/.test(text);

const visitorOf = (secret: string): Trainee => ({
  visitor: createHash("sha256").update(`practice ${secret}`).digest("base64url"),
});

/** Who is at the page: an officer by their session, else whoever has the secret of a cookie. */
export async function practiserOf({ frame }: PracticeRoom, visit: Visit): Promise<Practiser> {
  const session = await broughtSession(frame, visit.event);
  if (session && isOpen(session, frame.now()))
    return {
      trainee: { subject: session.subject },
      signedIn: true,
      cookies: [await signedInCookie(frame, withPageAt(session, frame.now()))],
    };
  const secret = visit.cookies.get(name);
  return {
    trainee: isSecret(secret) ? visitorOf(secret) : undefined,
    signedIn: false,
    cookies: isSecret(secret) ? [keepCookie(name, secret, runSeconds)] : [],
  };
}

/** The same, with a fresh secret for somebody who is nobody yet. */
export async function newPractiser(
  room: PracticeRoom,
  visit: Visit,
): Promise<Practiser & { trainee: Trainee }> {
  const { trainee, ...known } = await practiserOf(room, visit);
  if (trainee) return { ...known, trainee };
  const secret = randomBytes(32).toString("base64url");
  return {
    trainee: visitorOf(secret),
    signedIn: false,
    cookies: [keepCookie(name, secret, runSeconds)],
  };
}

/** The reply with what keeps the practiser known. */
export const knownFurther = (reply: Reply, { cookies }: Pick<Practiser, "cookies">): Reply => ({
  ...reply,
  cookies: [...(reply.cookies ?? []), ...cookies],
});
