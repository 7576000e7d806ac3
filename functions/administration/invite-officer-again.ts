import * as z from "zod";
import { inviteAgain } from "../../shared/directory/administration/account-flow.ts";
import {
  idsOf,
  noSuchEntry,
  notInCharge,
  refuseRole,
  refuseUnlessInCharge,
  rolesInCharge,
} from "../../shared/directory/administration/powers.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { pathOf, type Registry } from "./registry.ts";

/**
 * `POST /v1/admin/officers/{id}/invitation`: mails an officer who has never signed in the invitation again, with a new
 * temporary password.
 */
export const inviteOfficerAgain = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Kirim lagi undangan seorang petugas", en: "Send an officer the invitation again" },
      input: { path: z.strictObject({ id: officerId }) },
      output: {
        200: z.object({
          sentAt: z.iso.datetime(),
          /** The temporary password holds until then. */
          expiresAt: z.iso.datetime(),
        }),
      },
      refusals: {
        conflict: "The officer has signed in already, has been dismissed, or has an account elsewhere.",
        "too-many-requests":
          "The invitation was sent just now, or very often today. Retry-After says when to try again.",
      },
    },
    async ({ path: { id } }, { officer: who }) => {
      refuseRole("invite-officer", who);
      const found = await registry.entries.find("officer", id);
      if (!found) throw noSuchEntry();
      refuseUnlessInCharge("invite-officer", who, idsOf(await pathOf(registry, found.entry.agencyId)));
      if (!rolesInCharge[who.role]?.includes(found.entry.role)) throw notInCharge();
      const { sentAt, expiresAt } = await inviteAgain(registry, found.entry);
      return ok({ sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() });
    },
  );
