import * as z from "zod";
import {
  answerTemplate,
  answerTemplates,
  keepsTemplates,
  templateId,
} from "../../../shared/directory/answer-template.ts";
import type { KeptTemplates } from "../../../shared/directory/answer-template-store.ts";
import type { Officer } from "../../../shared/directory/directory.ts";
import { officerEndpoint } from "../../../shared/http/endpoint.ts";
import { etag, ok, seenVersion } from "../../../shared/http/reply.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { agencyId } from "../../../shared/text/id.ts";
import type { Registry } from "../registry.ts";

export const templatesView = z.object({
  version: z.int(),
  items: z.array(answerTemplate.extend({ id: z.string() })),
});

const viewOfTemplates = ({ version, templates }: KeptTemplates): z.input<typeof templatesView> => ({
  version,
  items: templates.map((one) => ({ id: templateId(one), ...one })),
});

function refuseUnlessKeeper(officer: Officer, id: string): void {
  if (keepsTemplates(officer, id)) return;
  throw new Refusal("forbidden", {
    id: "Contoh jawaban sebuah instansi disimpan oleh pejabat penghubung dan admin instansi itu.",
    en: "The examples of answers of an agency are kept by its own liaison officers and administrators.",
  });
}

const path = z.strictObject({ id: agencyId });

/** `GET /v1/admin/agencies/{id}/answer-templates`: the examples of answers that an agency keeps. */
export const showTemplates = ({ answerTemplates: store }: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Contoh jawaban sebuah instansi", en: "The examples of answers of an agency" },
      input: { path },
      output: { 200: templatesView },
    },
    async ({ path: { id } }, { officer }) => {
      refuseUnlessKeeper(officer, id);
      const kept = await store.of(id);
      return ok(viewOfTemplates(kept), etag(kept.version));
    },
  );

/** `PUT /v1/admin/agencies/{id}/answer-templates`: puts a list in place of the examples of answers that an agency keeps. */
export const keepTemplates = ({ answerTemplates: store }: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Simpan contoh jawaban sebuah instansi",
        en: "Keep the examples of answers of an agency",
      },
      input: {
        path,
        header: z.object({ "if-match": seenVersion.optional() }),
        body: z.strictObject({ items: answerTemplates }),
      },
      output: { 200: templatesView },
      refusals: { conflict: "Somebody else changed the list in the meantime." },
    },
    async ({ path: { id }, header, body: { items } }, { officer }) => {
      refuseUnlessKeeper(officer, id);
      const before = await store.of(id);
      const { "if-match": seen = before.version } = header;
      const kept = { ...before, version: before.version + 1, templates: items };
      if (seen !== before.version || !(await store.put(id, kept)))
        throw new Refusal("conflict", {
          id: "Sementara itu orang lain mengubah daftar ini. Buka lagi, lalu simpan kembali.",
          en: "Somebody else changed this list in the meantime. Open it again, then save once more.",
        });
      return ok(viewOfTemplates(kept), etag(kept.version));
    },
  );
