import * as z from "zod";
import { broughtSession } from "../../../shared/http/page/officer.ts";
import { pageAt, seeOther } from "../../../shared/http/page/route.ts";
import { page } from "../../../shared/http/reply.ts";
import { reasons, signInPage, type SignInReason } from "../../../shared/page/officer/sign-in.ts";
import { isOpen } from "../../../shared/visitor/officer-session.ts";
import { returnAddress } from "../../../shared/visitor/return-address.ts";
import type { Desk } from "../desk.ts";

const input = {
  query: z.object({
    ke: z.string().optional(),
    karena: z.enum(Object.keys(reasons) as [SignInReason, ...SignInReason[]]).optional(),
  }),
};

/** `GET /petugas/masuk`: what officers sign in for, and the link that leads them to the issuer. */
export const showSignIn = ({ frame }: Desk) =>
  pageAt("/petugas/masuk", input, async ({ query: { ke, karena } }, { language, event }) => {
    const to = returnAddress(ke);
    const session = await broughtSession(frame, event);
    // Another tab has signed in meanwhile.
    if (session && isOpen(session, frame.now())) return seeOther(to, language);
    return page(signInPage({ language, files: frame.files }, to, karena));
  });
