import * as z from "zod";
import { broughtSession } from "../../../shared/http/page/officer.ts";
import { pageAt, seeOther } from "../../../shared/http/page/route.ts";
import { elsewhere, page } from "../../../shared/http/reply.ts";
import { signInPage } from "../../../shared/page/officer/sign-in.ts";
import { newProof } from "../../../shared/platform/issuer.ts";
import { isOpen } from "../../../shared/visitor/officer-session.ts";
import { returnAddress } from "../../../shared/visitor/return-address.ts";
import { withAttempt } from "../../../shared/visitor/sign-in-attempt.ts";
import type { Desk } from "../desk.ts";
import { attemptsCookie, begunAttempts } from "./attempt-cookie.ts";
import { toldFailure } from "./told-failure.ts";
import { registeredAddress } from "./way-back.ts";

const input = { query: z.object({ ke: z.string().optional() }) };

/** `GET /petugas/masuk/mulai`: leads to the issuer. The browser keeps, sealed, what its answer is held against. */
export const startSignIn = (desk: Desk) =>
  pageAt("/petugas/masuk/mulai", input, async ({ query }, visit) => {
    const { frame, issuer } = desk;
    const { language, event } = visit;
    const to = returnAddress(query.ke);
    const now = frame.now();
    const session = await broughtSession(frame, event);
    if (session && isOpen(session, now)) return seeOther(to, language);
    const proof = newProof();
    try {
      const address = await issuer.signInAddress(
        proof,
        registeredAddress(desk, "/petugas/masuk/kembali"),
        language,
      );
      const attempt = { ...proof, to, language, at: Math.floor(now.getTime() / 1000) };
      const attempts = withAttempt(await begunAttempts(desk, visit), attempt, now);
      return { ...elsewhere(address), cookies: [await attemptsCookie(desk, attempts)] };
    } catch (error) {
      toldFailure(error, visit);
      const shown = page(signInPage({ language, files: frame.files }, to, "sibuk"), 503);
      return { ...shown, headers: { "retry-after": "60" } };
    }
  });
