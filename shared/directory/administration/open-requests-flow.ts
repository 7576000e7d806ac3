import type { Officer } from "../directory.ts";
import type { DirectoryStore } from "../directory-store.ts";
import type { RequestStore } from "../request-store.ts";
import { rolesInCharge } from "./powers.ts";
import { type ChangeRequest, mayDecide, requestStateOf } from "./request.ts";

/** So many requests are looked at. Few are ever open at once. */
const lookedAt = 200;

/** Counts the open requests that somebody may decide on as the second person. Nobody decides on their own. */
export async function requestsToDecide(
  {
    directory,
    requests,
  }: { directory: Pick<DirectoryStore, "pathOf">; requests: Pick<RequestStore, "page"> },
  posts: readonly Officer[],
  at: Date,
): Promise<number> {
  const administering = posts.filter(({ role }) => rolesInCharge[role]);
  if (administering.length === 0) return 0;
  const decides = async (request: ChangeRequest) => {
    const isOwn = posts.some(({ id }) => request.by.officerId === id);
    if (isOwn || requestStateOf(request, at) !== "open") return false;
    const paths = await Promise.all(request.agencies.map((one) => directory.pathOf(one)));
    return administering.some((post) => mayDecide(request, post, paths));
  };
  const { items } = await requests.page({ limit: lookedAt });
  return (await Promise.all(items.map(decides))).filter(Boolean).length;
}
