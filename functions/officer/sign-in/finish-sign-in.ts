import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Route } from "../../../shared/http/endpoint.ts";
import { signedInCookie } from "../../../shared/http/page/officer.ts";
import { routesAt, seeOther } from "../../../shared/http/page/route.ts";
import { type Visit, visitOf } from "../../../shared/http/page/visit.ts";
import type { Reply } from "../../../shared/http/reply.ts";
import type { SignInReason } from "../../../shared/page/officer/sign-in.ts";
import { signedInAt } from "../../../shared/visitor/officer-session.ts";
import { attemptOf, isFresh, type SignInAttempt } from "../../../shared/visitor/sign-in-attempt.ts";
import type { Desk } from "../desk.ts";
import { attemptsCookie, begunAttempts } from "./attempt-cookie.ts";
import { toldFailure } from "./told-failure.ts";
import { registeredAddress } from "./way-back.ts";

/** Leads back to the page to sign in, with the page that was asked for where it is known. */
const backToStart = (
  why: SignInReason,
  { language }: Pick<Visit, "language">,
  to: string | undefined,
  cookies: readonly string[] = [],
): Reply =>
  seeOther(
    `/petugas/masuk?${new URLSearchParams({ karena: why, ...(to && { ke: to }) })}`,
    language,
    cookies,
  );

async function finish(
  desk: Desk,
  event: APIGatewayProxyEventV2,
  attempt: SignInAttempt,
  dropped: string,
): Promise<Reply> {
  const { frame, issuer } = desk;
  const { to, language } = attempt;
  try {
    const subject = await issuer.subjectOf(
      new URLSearchParams(event.rawQueryString),
      attempt,
      registeredAddress(desk, "/petugas/masuk/kembali"),
    );
    const session = signedInAt(subject, frame.now());
    return seeOther(to, language, [dropped, await signedInCookie(frame, session)]);
  } catch (error) {
    return backToStart(toldFailure(error, visitOf(event)), attempt, to, [dropped]);
  }
}

/**
 * `GET /petugas/masuk/kembali`: the issuer sends an officer back here. Whatever comes of it leads on, so that the code stays in no
 * history and on no page. An answer counts once, in the browser that was led to the issuer, and for ten minutes.
 */
export const finishSignIn = (desk: Desk): Route[] =>
  routesAt("/petugas/masuk/kembali", "GET", {}, async (event) => {
    const visit = visitOf(event);
    const state = new URLSearchParams(event.rawQueryString).get("state");
    const { attempt, others } = attemptOf(await begunAttempts(desk, visit), state);
    if (!attempt) return backToStart("lewat", visit, undefined);
    const dropped = await attemptsCookie(desk, others);
    if (!isFresh(attempt, desk.frame.now())) return backToStart("lewat", attempt, attempt.to, [dropped]);
    return finish(desk, event, attempt, dropped);
  });
