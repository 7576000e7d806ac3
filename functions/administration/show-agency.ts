import * as z from "zod";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { undeliverableView, viewOfUndeliverable } from "../../shared/reporter/undeliverable.ts";
import { agencyId } from "../../shared/text/id.ts";
import { mailboxReader } from "./free-address.ts";
import { agencyView, readable, type Registry } from "./registry.ts";

export const agencyManaged = agencyView.extend({ undeliverable: undeliverableView.optional() });

/** `GET /v1/admin/agencies/{id}`: shows an agency, with a mark where no mail reaches its mailbox. A closed one is not mailed. */
export const showAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Lihat sebuah instansi sebagai admin", en: "See an agency as an administrator" },
      input: { path: z.strictObject({ id: agencyId }) },
      output: { 200: agencyManaged },
    },
    async ({ path }, { officer, language }) => {
      const { found } = await readable(registry, "agency", path.id, officer);
      const { entry, version } = found;
      const mailbox = mailboxReader(entry);
      const mark = entry.closedAt
        ? undefined
        : (await registry.undeliverables.ofAll([mailbox])).get(mailbox.id);
      return ok(
        { ...agencyView.parse(entry), ...(mark && { undeliverable: viewOfUndeliverable(mark, language) }) },
        etag(version),
      );
    },
  );
