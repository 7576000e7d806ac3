import * as z from "zod";
import { mayStandIn } from "../../shared/case/moves/deputies/deputy.ts";
import {
  idsOf,
  noSuchEntry,
  refuseRole,
  refuseUnlessInCharge,
} from "../../shared/directory/administration/powers.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { officerView, pathOf, type Registry } from "./registry.ts";

export const deputiesListed = z.object({
  items: z.array(officerView.pick({ id: true, name: true, role: true, agencyId: true })),
});

/** Lists who may stand in for an officer: colleagues of the same agency or of the one right above it, with a role that covers theirs. */
async function deputiesOf({ entries }: Registry, absent: Officer) {
  const agency = await entries.find("agency", absent.agencyId);
  const near = [absent.agencyId, ...(agency?.entry.parent ? [agency.entry.parent] : [])];
  const officers = (await Promise.all(near.map((id) => entries.under("officer", id)))).flat();
  const items = officers
    .filter(
      ({ id, role, subject, dismissedAt }) =>
        id !== absent.id && subject !== absent.subject && !dismissedAt && mayStandIn(role, absent.role),
    )
    .sort((a, b) => a.name.localeCompare(b.name, "id"))
    .map(({ id, name, role, agencyId }) => ({ id, name, role, agencyId }));
  return ok({ items });
}

/** `GET /v1/officer/me/deputies`: lists the colleagues whom the officer may name as their deputy. */
export const listOwnDeputies = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Rekan yang dapat menjadi wakil saya", en: "Colleagues who may be my deputy" },
      input: {},
      output: { 200: deputiesListed },
    },
    async (_request, { officer }) => deputiesOf(registry, officer),
  );

/** `GET /v1/admin/officers/{id}/deputies`: lists whom an administrator may name as the deputy of an officer. */
export const listDeputies = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Siapa yang dapat mewakili seorang petugas", en: "Who may stand in for an officer" },
      input: { path: z.strictObject({ id: officerId }) },
      output: { 200: deputiesListed },
    },
    async ({ path: { id } }, { officer: who }) => {
      refuseRole("change-officer", who);
      const found = await registry.entries.find("officer", id);
      if (!found) throw noSuchEntry();
      refuseUnlessInCharge("change-officer", who, idsOf(await pathOf(registry, found.entry.agencyId)));
      return deputiesOf(registry, found.entry);
    },
  );
