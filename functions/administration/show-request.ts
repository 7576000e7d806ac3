import * as z from "zod";
import { refuseRole } from "../../shared/directory/administration/powers.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { waits } from "./ask-second-person.ts";
import type { Registry } from "./registry.ts";
import { viewOfRequest, visibleRequest } from "./request-view.ts";

export const requestPath = z.strictObject({ id: z.uuid() });

/** `GET /v1/admin/requests/{id}`: shows a request that the caller made or may decide on. */
export const showRequest = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Lihat sebuah permohonan", en: "See a request" },
      input: { path: requestPath },
      output: { 200: waits },
    },
    async ({ path }, { officer: who, language }) => {
      refuseRole("read", who);
      const { request } = await visibleRequest(registry, path.id, who);
      return ok({ request: viewOfRequest(request, who, { at: registry.now(), language }) });
    },
  );
