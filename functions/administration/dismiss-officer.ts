import * as z from "zod";
import { closeUnlessUsed } from "../../shared/directory/administration/account-flow.ts";
import { dismiss, dismissal } from "../../shared/directory/administration/officer.ts";
import { noSuchEntry, refuseRole } from "../../shared/directory/administration/powers.ts";
import { idsOf } from "../../shared/directory/administration/powers.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { watchingVerification } from "./ask-hand-over.ts";
import {
  contradictsEntry,
  officerView,
  otherNationalAdmin,
  pathOf,
  type Registry,
  seen,
  store,
} from "./registry.ts";

/**
 * `POST /v1/admin/officers/{id}/dismissal`: dismisses an officer. From then on they may do nothing and cannot sign in.
 */
export const dismissOfficer = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Berhentikan petugas", en: "Dismiss an officer" },
      input: { path: z.strictObject({ id: officerId }), header: seen, body: dismissal },
      output: { 200: officerView },
      refusals: { conflict: contradictsEntry },
    },
    async ({ path: { id }, header, body }, { officer: who, language }) => {
      refuseRole("dismiss-officer", who);
      const before = await registry.entries.find("officer", id);
      if (!before) throw noSuchEntry();
      const [path, other] = await Promise.all([
        pathOf(registry, before.entry.agencyId),
        otherNationalAdmin(registry, before),
      ]);
      const change = dismiss(before, body, {
        who,
        at: registry.now(),
        path: idsOf(path),
        otherNationalAdmin: other !== undefined,
      });
      const after = await watchingVerification(registry, before, change, () =>
        store(registry, before, change, {
          seen: header["if-match"],
          language,
          rests: other ? [{ kind: "officer", ...other }] : [],
        }),
      );
      // The entry is stored first, because the entry lets the officer in. If the account stays open, the same request
      // again closes it. From then on its address is free.
      await closeUnlessUsed(registry, after.entry.subject);
      return ok(officerView.parse(after.entry), etag(after.version));
    },
  );
