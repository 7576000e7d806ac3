import * as z from "zod";
import { resettable } from "../../shared/directory/administration/account-flow.ts";
import { noSuchEntry, refuseRole } from "../../shared/directory/administration/powers.ts";
import { requestReason } from "../../shared/directory/administration/request.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { askSecondPerson, waits } from "./ask-second-person.ts";
import {
  authenticatorReset,
  refuseAuthenticatorReset,
  resetRequest,
  storeReset,
} from "./change-authenticator.ts";
import { officerView, type Registry, seen } from "./registry.ts";

/**
 * `POST /v1/admin/officers/{id}/authenticator-reset`: has an officer who lost their authenticator set up a new one at the
 * next sign-in. Of somebody with power over secrets it waits for a second person.
 */
export const resetAuthenticator = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Atur ulang autentikator seorang petugas", en: "Reset the authenticator of an officer" },
      input: {
        path: z.strictObject({ id: officerId }),
        header: seen,
        body: requestReason.partial(),
      },
      output: { 200: officerView, 202: waits },
      refusals: {
        conflict: "The officer has never signed in, has been dismissed, or has an account elsewhere.",
        "too-many-requests":
          "Too much was asked for at this entry today. Retry-After says when to try again.",
      },
    },
    async ({ path: { id }, header, body: { reason } }, { officer: who, language }) => {
      refuseRole("change-officer", who);
      const before = await registry.entries.find("officer", id);
      if (!before) throw noSuchEntry();
      const reset = await authenticatorReset(registry, before);
      refuseAuthenticatorReset(reset, who);
      await resettable(registry, before.entry);
      const seen = header["if-match"];
      if (reset.matters.length > 0)
        return askSecondPerson(registry, resetRequest(reset), { who, seen, language });
      const after = await storeReset(registry, reset, { who, reason, seen, language });
      return ok(officerView.parse(after.entry), etag(after.version));
    },
  );
