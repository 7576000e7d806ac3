import { noSuchEntry, notInCharge, refuseRole } from "../../shared/directory/administration/powers.ts";
import {
  type ChangeRequest,
  endedAs,
  outdated,
  refuseUnlessOpen,
  refuseUnlessSecond,
} from "../../shared/directory/administration/request.ts";
import { postsEver, standBehind } from "../../shared/directory/administration/two-people-flow.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { Recorded } from "../../shared/directory/entry-history.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { Refusal } from "../../shared/refusal.ts";
import { waits } from "./ask-second-person.ts";
import { agencyChange, agencyChangeBy, storeAgency } from "./change-agency.ts";
import { authenticatorReset, refuseAuthenticatorReset, storeReset } from "./change-authenticator.ts";
import { officerChange, refuseOfficerChange, storeOfficer } from "./change-officer.ts";
import { contradictsEntry, overtaken, type Registry, type Storing } from "./registry.ts";
import { tell, viewOfRequest, visibleRequest } from "./request-view.ts";
import { requestPath } from "./show-request.ts";

/** The two people, as they are recorded now. */
interface Pair {
  asker: Recorded<"officer">;
  confirmer: Recorded<"officer">;
}

const isActive = (found: Recorded<"officer"> | undefined): found is Recorded<"officer"> =>
  found !== undefined && !found.entry.dismissedAt;

/** Finds who asked and who confirms. Both have to be officers still, and they have to be two. */
async function pairOf({ entries }: Registry, request: ChangeRequest, who: Officer): Promise<Pair> {
  const askerId = request.by.officerId ?? "";
  const [asker, confirmer] = await Promise.all([
    entries.find("officer", askerId),
    entries.find("officer", who.id),
  ]);
  if (!isActive(confirmer)) throw notInCharge();
  if (!isActive(asker))
    throw outdated({
      id: "Yang mengajukannya bukan petugas lagi.",
      en: "Whoever asked is no officer any more.",
    });
  const [ofAsker, ofConfirmer, ownPosts, concerned] = await Promise.all([
    standBehind(entries, askerId),
    standBehind(entries, who.id),
    postsEver(entries, who.id),
    request.about.kind === "officer" ? postsEver(entries, request.about.id) : new Set<string>(),
  ]);
  refuseUnlessSecond(request, confirmer.entry, {
    asker: asker.entry,
    behind: { asker: ofAsker, confirmer: ofConfirmer },
    posts: { concerned, confirmer: ownPosts },
  });
  return { asker, confirmer };
}

const reasonsOf = ({ text, fields }: Refusal): Text =>
  fields.length === 0
    ? text
    : {
        id: fields.map(({ message }) => message.id).join(" "),
        en: fields.map(({ message }) => message.en).join(" "),
      };

/** Applies a rule to the request for the asker, as things are now. What it refuses is why the request counts no more. */
function stillAllowed<T>(rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    throw error instanceof Refusal ? outdated(reasonsOf(error)) : error;
  }
}

/** Applies a rule for the confirmer. What they may not do is theirs to hear as it is. */
function allowedToConfirm<T>(rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    throw error instanceof Refusal && error.fields.length > 0 ? outdated(reasonsOf(error)) : error;
  }
}

/** Makes the change that was asked for, as the change of both. It ends the request with it. */
async function carryOut(
  registry: Registry,
  request: ChangeRequest,
  { asker, confirmer }: Pair,
  language: Language,
): Promise<ChangeRequest> {
  const { about, officer, agency } = request;
  const who = confirmer.entry;
  const ends = endedAs(request, "confirmed", who, { at: registry.now() });
  const made = { id: request.id, askedBy: request.by };
  const storing: Storing = {
    language,
    with: { ends },
    rests: [asker, confirmer].map((one) => ({ kind: "officer" as const, ...one })),
  };
  const unchanged = async (version = 0): Promise<void> => {
    if (version !== request.version)
      throw await overtaken(registry, about.kind, about.id, request.version, language);
  };
  if (officer) {
    const before = await registry.entries.find("officer", about.id);
    await unchanged(before?.version);
    const change = await officerChange(registry, about.id, before, officer);
    stillAllowed(() => refuseOfficerChange(registry, change, asker.entry));
    allowedToConfirm(() => refuseOfficerChange(registry, change, who));
    await storeOfficer(registry, change, { ...storing, who, request: made });
  } else if (request.matters.includes("authenticator")) {
    const before = await registry.entries.find("officer", about.id);
    await unchanged(before?.version);
    if (!before) throw noSuchEntry();
    const reset = await authenticatorReset(registry, before);
    stillAllowed(() => refuseAuthenticatorReset(reset, asker.entry));
    allowedToConfirm(() => refuseAuthenticatorReset(reset, who));
    await storeReset(registry, reset, { ...storing, who, request: made });
  } else if (agency) {
    const wanted = await agencyChange(registry, about.id, agency);
    await unchanged(wanted.before?.version);
    stillAllowed(() => agencyChangeBy(registry, wanted, asker.entry));
    const change = allowedToConfirm(() => agencyChangeBy(registry, wanted, who, made));
    await storeAgency(registry, wanted, change, storing);
  }
  return ends;
}

/**
 * `POST /v1/admin/requests/{id}/confirmation`: makes a change that another administrator asked for. A second click gets
 * the same answer.
 */
export const confirmRequest = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Setujui permohonan admin lain", en: "Confirm the request of another administrator" },
      input: { path: requestPath },
      output: { 200: waits },
      refusals: {
        conflict: contradictsEntry,
        "too-many-requests": "The address was invited very often today. Retry-After says when to try again.",
        unavailable:
          "The request is stored, but nobody has been told of it. The same request again does that.",
      },
    },
    async ({ path }, { officer: who, language }) => {
      refuseRole("read", who);
      const { request, mayDecide } = await visibleRequest(registry, path.id, who);
      const isAgain = request.state === "confirmed" && request.ended?.by.officerId === who.id;
      let after = request;
      if (!isAgain) {
        refuseUnlessOpen(request, registry.now());
        const pair = await pairOf(registry, request, who);
        if (!mayDecide) throw notInCharge();
        // Whoever is concerned is told before anything changes, also if the telling failed when it was asked.
        await tell(registry, request, "asked");
        after = await carryOut(registry, request, pair, language);
      }
      await tell(registry, after, "confirmed");
      return ok({ request: viewOfRequest(after, who, { at: registry.now(), language }) });
    },
  );
