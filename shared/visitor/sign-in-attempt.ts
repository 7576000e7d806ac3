import * as z from "zod";
import { languages } from "../language.ts";

const random = z.string().min(16).max(64);

/** An officer was led to the issuer of sign-in and has not come back yet. */
export const signInAttempt = z.strictObject({
  /** The issuer sends it back with the officer: only the browser that was led there has it. */
  state: random,
  /** The issuer writes it into its token: the token is the answer to this attempt. */
  nonce: random,
  /** Proves to the issuer that the same browser asks for the token (PKCE). */
  verifier: random,
  /** The page that they asked for, without its language. */
  to: z.string().max(500),
  language: z.enum(languages),
  /** Seconds since 1970 when they were led there. */
  at: z.int(),
});
export type SignInAttempt = z.infer<typeof signInAttempt>;

/** Several tabs of one browser may sign in at once. */
export const signInAttempts = z.array(signInAttempt);

/** Who takes longer to sign in begins again. */
export const attemptSeconds = 10 * 60;

/** So far may the clocks of two functions differ. */
const clocksDifferSeconds = 60;

/** Browsers keep 4,096 bytes of a cookie, and sealing makes four bytes of three. */
const mostLetters = 2_700;

/** Whether an officer may still come back from it. */
export function isFresh({ at }: SignInAttempt, now: Date): boolean {
  const age = now.getTime() / 1000 - at;
  return age < attemptSeconds && age > -clocksDifferSeconds;
}

/** The attempts of a browser with one more. Old ones go, and of many the oldest. */
export function withAttempt(
  attempts: readonly SignInAttempt[],
  one: SignInAttempt,
  now: Date,
): SignInAttempt[] {
  const kept = [...attempts.filter((other) => isFresh(other, now)), one];
  while (kept.length > 1 && JSON.stringify(kept).length > mostLetters) kept.shift();
  return kept;
}

/** The attempt that an answer of the issuer belongs to, and those that go on. */
export const attemptOf = (attempts: readonly SignInAttempt[], state: string | null) => ({
  attempt: attempts.find((one) => one.state === state),
  others: attempts.filter((one) => one.state !== state),
});
