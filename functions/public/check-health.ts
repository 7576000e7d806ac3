import * as z from "zod";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { errorForLog, logger } from "../../shared/platform/observability.ts";
import { Refusal } from "../../shared/refusal.ts";

/** `GET /v1/health`: tells whether a report could be taken now. It asks the database and never the memory. */
export const checkHealth = (directory: DirectoryStore, verifyingAgency: string) =>
  endpoint(
    {
      summary: { id: "Apakah sistem siap menerima laporan", en: "Whether the system can take reports" },
      input: {},
      output: { 200: z.object({ status: z.literal("ok") }) },
    },
    async () => {
      const ready = await directory.answers(verifyingAgency).catch((error: unknown) => {
        logger.error("health check failed", { error: errorForLog(error) });
        return false;
      });
      if (!ready)
        throw new Refusal("unavailable", {
          id: "Sistem belum siap menerima laporan. Coba lagi beberapa saat lagi.",
          en: "The system cannot take reports now. Try again in a moment.",
        });
      return ok({ status: "ok" });
    },
  );
