import { randomBytes } from "node:crypto";
import type { Officer } from "../../directory/directory.ts";
import type { Act, Actor } from "../case.ts";

export const byReporter: Actor = { role: "reporter" };
export const bySystem: Actor = { role: "system" };
export const byOfficer = ({ role, agencyId, id }: Officer): Actor => ({ role, agencyId, officerId: id });

/** An act with a fresh salt. The salt is random, so this is no rule; rules are handed the act. */
export const actOf = (by: Actor, at: Date): Act => ({
  by,
  at,
  salt: randomBytes(16).toString("base64url"),
});
