import type { Route } from "../../../shared/http/endpoint.ts";
import type { Desk } from "../desk.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { showSignIn } from "./show-sign-in.ts";
import { signOutPages } from "./sign-out.ts";
import { startSignIn } from "./start-sign-in.ts";

/** The way in and out for officers. */
export const signInPages = (desk: Desk): Route[] => [
  ...showSignIn(desk),
  ...startSignIn(desk),
  ...finishSignIn(desk),
  ...signOutPages(desk),
];
