import { randomUUID } from "node:crypto";
import * as z from "zod";
import { actorOf, type AgencyPath } from "../../shared/directory/administration/powers.ts";
import {
  anotherWaits,
  asks,
  type ChangeRequest,
  isSameRequest,
  refuseAskingOften,
  requestStateOf,
} from "../../shared/directory/administration/request.ts";
import { levelAbove } from "../../shared/directory/administration/two-people-flow.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { type EntryKind, noted, type Recorded } from "../../shared/directory/entry-history.ts";
import { etag, type Reply } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import { overtaken, type Registry, store } from "./registry.ts";
import { requestView, tell, viewOfRequest, withoutExpired } from "./request-view.ts";

/** The answer to a change that needs a second person. Nothing has changed yet. */
export const waits = z.object({ request: requestView });

/** A change that needs a second person, as its request will hold it. */
export interface Asking<K extends EntryKind> extends Pick<
  ChangeRequest,
  "matters" | "fields" | "agencies" | "roles"
> {
  kind: K;
  id: string;
  before: Recorded<K> | undefined;
  wanted: Pick<ChangeRequest, "officer" | "agency">;
  formerAddress: string | undefined;
  /** The agencies above each one that it concerns. */
  above: readonly AgencyPath[];
  newAddresses: readonly string[];
  /** Only national administrators decide on it. */
  nationalOnly: boolean;
}

interface Asker {
  who: Officer;
  seen: number | undefined;
  language: Language;
}

/** Finds the request that waits at the entry, if one still counts: it is open, and the entry has not changed since. */
async function waitingAt<K extends EntryKind>(registry: Registry, { kind, id, before }: Asking<K>) {
  const last = await registry.requests.lastAbout(kind, id);
  const request = last?.request && (await withoutExpired(registry, last.request));
  const waits =
    request &&
    requestStateOf(request, registry.now()) === "open" &&
    request.version === (before?.version ?? 0);
  return { last, waiting: waits ? request : undefined };
}

/** The request that waits already, where it is the same one of the same officer. Refuses where another one waits. */
export async function sameRequestWaiting<K extends EntryKind>(
  registry: Registry,
  asking: Asking<K>,
  who: Officer,
) {
  const { last, waiting } = await waitingAt(registry, asking);
  if (waiting && !isSameRequest(waiting, who, asking.wanted)) throw anotherWaits(waiting);
  return { last, waiting };
}

/** Stores a new request, with an event of the entry if it is there already. */
async function openRequest<K extends EntryKind>(
  registry: Registry,
  asking: Asking<K>,
  { who, seen, language }: Asker,
  insteadOf: string | undefined,
): Promise<ChangeRequest> {
  const { kind, id, before, wanted, matters, fields, agencies, roles, formerAddress } = asking;
  const { entries, verifyingAgency } = registry;
  const at = registry.now();
  const requestId = randomUUID();
  if (before) refuseAskingOften(await entries.history(kind, id), at);
  const event =
    before &&
    noted(kind, before, fields, { type: "asked", by: actorOf(who), at, request: { id: requestId } });
  const request = asks(
    {
      id: requestId,
      about: { kind, id },
      version: event?.event.sequence ?? 0,
      matters,
      fields,
      agencies,
      roles,
      ...wanted,
      ...(formerAddress !== undefined && { formerAddress }),
      told: await levelAbove(entries, { ...asking, asker: who, about: id, verifyingAgency }),
    },
    who,
    at,
  );
  const write = { opens: request, insteadOf };
  if (event) await store(registry, before, event, { seen, language, with: write });
  else if (!(await registry.requests.write(write))) throw await overtaken(registry, kind, id, 0, language);
  return request;
}

/**
 * Asks for a change that needs a second person. The same request again is the same one. Whoever is concerned is told
 * before the caller has the answer.
 */
export async function askSecondPerson<K extends EntryKind>(
  registry: Registry,
  asking: Asking<K>,
  asker: Asker,
): Promise<Reply> {
  const { last, waiting } = await sameRequestWaiting(registry, asking, asker.who);
  const request = waiting ?? (await openRequest(registry, asking, asker, last?.id));
  await tell(registry, request, "asked");
  return {
    status: 202,
    body: {
      request: viewOfRequest(request, asker.who, { at: registry.now(), language: asker.language }),
    },
    headers: { location: `/v1/admin/requests/${request.id}`, ...etag(request.version) },
  };
}
