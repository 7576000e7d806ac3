import * as z from "zod";
import type { Route } from "../../../shared/http/endpoint.ts";
import { failedReply } from "../../../shared/http/page/error-page.ts";
import { broughtSession, signedOutCookie } from "../../../shared/http/page/officer.ts";
import { pageAt, routesAt, seeOther } from "../../../shared/http/page/route.ts";
import { refuseForged } from "../../../shared/http/page/same-site.ts";
import { visitOf } from "../../../shared/http/page/visit.ts";
import { page } from "../../../shared/http/reply.ts";
import { leavingPage, signedOutPage, stillSignedInPage } from "../../../shared/page/officer/sign-in.ts";
import { isOpen } from "../../../shared/visitor/officer-session.ts";
import type { Desk } from "../desk.ts";
import { toldFailure } from "./told-failure.ts";
import { registeredAddress } from "./way-back.ts";

const address = "/petugas/keluar";

/** `POST /petugas/keluar`: the browser forgets who has signed in, and goes on to where the session at the issuer ends. */
const signOut = ({ frame }: Desk): Route[] =>
  routesAt(address, "POST", {}, async (event, language) => {
    try {
      refuseForged(event, frame.siteUrl);
    } catch (error) {
      return failedReply(frame, error, { ...visitOf(event), values: {} });
    }
    return seeOther(`${address}?akun=tutup`, language, [signedOutCookie()]);
  });

const input = { query: z.object({ akun: z.enum(["tutup"]).optional() }) };

/**
 * `GET /petugas/keluar`: leads to where the session at the issuer ends, by a link and not by the form, because browsers hold forms to
 * this site. The issuer sends officers back here.
 */
const showSignedOut = (desk: Desk): Route[] =>
  pageAt(address, input, async ({ query: { akun } }, visit) => {
    const { frame, issuer } = desk;
    const { language, event } = visit;
    const place = { language, files: frame.files };
    const session = await broughtSession(frame, event);
    if (session && isOpen(session, frame.now())) return page(stillSignedInPage(place));
    if (akun === undefined) return page(signedOutPage(place, false));
    try {
      const ends = await issuer.signOutAddress(registeredAddress(desk, address, language));
      return page(ends === undefined ? signedOutPage(place, true) : leavingPage(place, ends));
    } catch (error) {
      toldFailure(error, visit);
      return page(signedOutPage(place, true));
    }
  });

/** The way out for officers. */
export const signOutPages = (desk: Desk): Route[] => [...signOut(desk), ...showSignedOut(desk)];
