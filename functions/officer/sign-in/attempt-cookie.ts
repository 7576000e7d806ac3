import { dropCookie, keepCookie } from "../../../shared/http/page/cookies.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import {
  attemptSeconds,
  type SignInAttempt,
  signInAttempts,
} from "../../../shared/visitor/sign-in-attempt.ts";
import type { Desk } from "../desk.ts";

const name = "__Host-masuk";

/** The attempts to sign in that this browser has begun and not ended. */
export async function begunAttempts(
  { frame }: Pick<Desk, "frame">,
  { cookies }: Pick<Visit, "cookies">,
): Promise<SignInAttempt[]> {
  const sealed = cookies.get(name);
  return (sealed && signInAttempts.safeParse(await frame.seal.open(sealed, name)).data) || [];
}

/** Has the browser keep these attempts, and no others. */
export const attemptsCookie = async (
  { frame }: Pick<Desk, "frame">,
  attempts: readonly SignInAttempt[],
): Promise<string> =>
  attempts.length === 0
    ? dropCookie(name)
    : keepCookie(name, await frame.seal.seal(attempts, name), attemptSeconds);
