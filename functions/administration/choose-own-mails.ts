import * as z from "zod";
import { chooseMails } from "../../shared/directory/administration/officer.ts";
import { officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { contradictsEntry, type Registry, store } from "./registry.ts";

const settings = z.strictObject({ mails: officer.shape.mails });

/**
 * `PUT /v1/officer/me/mail-settings`: sets how the officer's own mails come, in all their posts. The administration function serves it,
 * because the officer function may not write to the directory.
 */
export const chooseOwnMails = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Pilih cara menerima email saya", en: "Choose how my emails come" },
      input: { body: settings },
      output: { 200: settings },
      refusals: { conflict: contradictsEntry },
    },
    async ({ body }, { posts, language }) => {
      for (const { id } of posts) {
        const before = await registry.entries.find("officer", id);
        if (!before) throw new Error("The officer who signed in is not in the directory");
        await store(registry, before, chooseMails(before, body.mails, registry.now()), { language });
      }
      return ok({ mails: body.mails });
    },
  );
