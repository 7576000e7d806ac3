import type * as z from "zod";
import { actorOf, notInCharge, refuseRole } from "../../shared/directory/administration/powers.ts";
import {
  type ChangeRequest,
  endedAs,
  type Ending,
  refuseUnlessOpen,
  requestReason,
} from "../../shared/directory/administration/request.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { type EntryKind, noted, type Recorded } from "../../shared/directory/entry-history.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import { Refusal } from "../../shared/refusal.ts";
import { waits } from "./ask-second-person.ts";
import { contradictsEntry, overtaken, type Registry, store } from "./registry.ts";
import { isAsker, tell, viewOfRequest, visibleRequest } from "./request-view.ts";
import { requestPath } from "./show-request.ts";

type Ended = Exclude<Ending, "confirmed">;

/** Stores the end of a request, with an event of the entry if it is there. */
async function end(
  registry: Registry,
  request: ChangeRequest,
  how: Ended,
  { who, reason, language }: { who: Officer; reason: string | undefined; language: Language },
): Promise<ChangeRequest> {
  const { kind, id } = request.about;
  const at = registry.now();
  const ends = endedAs(request, how, who, { at, reason });
  const act = { type: how, by: actorOf(who), at, reason, request: { id: request.id } } as const;
  const note = async <K extends EntryKind>(of: K, before: Recorded<K>): Promise<unknown> =>
    store(registry, before, noted(of, before, request.fields, act), { language, with: { ends } });
  const before = await registry.entries.find(kind, id);
  if (before) await note(kind, before);
  else if (!(await registry.requests.write({ ends }))) throw await overtaken(registry, kind, id, 0, language);
  return ends;
}

const endpointThat = (
  registry: Registry,
  how: Ended,
  {
    summary,
    body,
    refuse,
  }: {
    summary: { id: string; en: string };
    body: z.ZodType<{ reason?: string | undefined }>;
    refuse(request: ChangeRequest, who: Officer, mayDecide: boolean): void;
  },
) =>
  officerEndpoint(
    {
      summary,
      input: { path: requestPath, body },
      output: { 200: waits },
      refusals: {
        conflict: contradictsEntry,
        unavailable:
          "The request is stored, but nobody has been told of it. The same request again does that.",
      },
    },
    async ({ path, body: { reason } }, { officer: who, language }) => {
      refuseRole("read", who);
      const { request, mayDecide } = await visibleRequest(registry, path.id, who);
      refuse(request, who, mayDecide);
      const isAgain = request.state === how && request.ended?.by.officerId === who.id;
      if (!isAgain) refuseUnlessOpen(request, registry.now());
      const after = isAgain ? request : await end(registry, request, how, { who, reason, language });
      await tell(registry, after, how);
      return ok({ request: viewOfRequest(after, who, { at: registry.now(), language }) });
    },
  );

/** `POST /v1/admin/requests/{id}/refusal`: refuses what another administrator asked for, with a reason. */
export const refuseRequest = (registry: Registry) =>
  endpointThat(registry, "refused", {
    summary: { id: "Tolak permohonan admin lain", en: "Refuse the request of another administrator" },
    body: requestReason,
    refuse(request, who, mayDecide) {
      if (isAsker(request, who))
        throw new Refusal("forbidden", {
          id: "Anda sendiri yang mengajukan permohonan ini. Tarik kembali bila tidak diperlukan lagi.",
          en: "You made this request yourself. Withdraw it if it is not needed any more.",
        });
      if (!mayDecide) throw notInCharge();
    },
  });

/** `POST /v1/admin/requests/{id}/withdrawal`: takes back what the caller asked for. */
export const withdrawRequest = (registry: Registry) =>
  endpointThat(registry, "withdrawn", {
    summary: { id: "Tarik kembali permohonan Anda", en: "Withdraw your request" },
    body: requestReason.partial(),
    refuse(request, who) {
      if (!isAsker(request, who))
        throw new Refusal("forbidden", {
          id: "Hanya yang mengajukan permohonan ini yang dapat menariknya. Anda dapat menolaknya.",
          en: "Only whoever made this request may withdraw it. You may refuse it.",
        });
    },
  });
