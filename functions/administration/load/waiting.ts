import { requestStateOf } from "../../../shared/directory/administration/request.ts";
import type { EntryKind } from "../../../shared/directory/entry-history.ts";
import type { Registry } from "../registry.ts";

/** So many requests are read at once, and so many times. Few are ever open. */
const atOnce = 200;
const times = 5;

const nameOf = (kind: EntryKind, id: string): string => `${kind}#${id}`;

/** Finds the open request about an entry, among those that wait. They are read once, when the first is asked for. */
export function requestsWaiting({ requests, now }: Pick<Registry, "requests" | "now">) {
  const read = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    let after: string | undefined;
    for (let portion = 0; portion < times; portion++) {
      const page = await requests.page({ after, limit: atOnce });
      for (const one of page.items)
        if (requestStateOf(one, now()) === "open") found.set(nameOf(one.about.kind, one.about.id), one.id);
      if (page.after === undefined) break;
      after = page.after;
    }
    return found;
  };
  let known: ReturnType<typeof read> | undefined;
  return async (kind: EntryKind, id: string): Promise<string | undefined> =>
    (await (known ??= read())).get(nameOf(kind, id));
}
