import * as z from "zod";
import { asCursor, cursorOf } from "../../shared/cursor.ts";
import { refuseRole, rolesInCharge } from "../../shared/directory/administration/powers.ts";
import type { ChangeRequest } from "../../shared/directory/administration/request.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Registry } from "./registry.ts";
import { decides, isAsker, requestView, viewOfRequest, withoutExpired } from "./request-view.ts";

/** So many requests are looked at for one page. Those that are not the reader's to see are left out of it. */
const pageSize = 50;

const isRequestId = (after: string): boolean => z.uuid().safeParse(after).success;

export const requestsListed = z.object({ items: z.array(requestView), cursor: z.string().nullable() });

/** `GET /v1/admin/requests`: lists the requests that the caller made or may decide on, a page at a time. */
export const listRequests = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Daftar permohonan yang Anda ajukan atau dapat Anda putuskan",
        en: "List the requests that you made or may decide on",
      },
      input: { query: z.strictObject({ cursor: cursorOf(isRequestId).optional() }) },
      output: { 200: requestsListed },
    },
    async ({ query }, { officer: who, posts, language }) => {
      refuseRole("read", who);
      const administering = posts.filter(({ role }) => rolesInCharge[role]);
      const { items, after } = await registry.requests.page({ after: query.cursor, limit: pageSize });
      const isSeen = async (request: ChangeRequest) => {
        const seen = await Promise.all(
          administering.map(async (post) => isAsker(request, post) || decides(registry, request, post)),
        );
        return seen.includes(true) ? request : undefined;
      };
      const seen = (await Promise.all(items.map(isSeen))).filter((one) => one !== undefined);
      const current = await Promise.all(seen.map((one) => withoutExpired(registry, one)));
      return ok({
        items: current
          .sort((a, b) => a.at.localeCompare(b.at))
          .map((one) =>
            viewOfRequest(one, posts.find((post) => isAsker(one, post)) ?? who, {
              at: registry.now(),
              language,
            }),
          ),
        cursor: asCursor(after),
      });
    },
  );
