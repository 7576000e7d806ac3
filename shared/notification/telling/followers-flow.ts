import type { CaseStore } from "../../case/store/case-store.ts";
import type { MailSettings } from "../mail-settings.ts";
import type { About } from "../mails/about.ts";
import { aboutOf } from "../mails/about-flow.ts";
import type { Mail } from "../mails/mail.ts";
import { followerNotice } from "../mails/notice.ts";
import type { EventName } from "../notification.ts";
import { each } from "./each.ts";
import { mailedReporter, type ReporterMailStores } from "./reporter-flow.ts";
import { type SendingStores, sendOnce } from "./send-once-flow.ts";

/** The stores that followers are found and mailed with. */
interface FollowerStores extends ReporterMailStores {
  cases: Pick<CaseStore, "find" | "get" | "followersOf">;
}

/** The cases that follow a case, also through others, a portion at a time. */
async function* followersOf(cases: FollowerStores["cases"], first: string): AsyncGenerator<string[]> {
  const seen = new Set([first]);
  // The loop reaches also what is added to the set on the way.
  for (const number of seen) {
    let after: string | undefined;
    do {
      const page = await cases.followersOf(number, after);
      const unseen = page.numbers.filter((one) => !seen.has(one));
      for (const one of unseen) seen.add(one);
      yield unseen;
      after = page.after;
    } while (after !== undefined);
  }
}

/** The mail to the reporter of one joined case; undefined where it was separated meanwhile or nobody can be mailed. */
async function toFollower(
  { cases, reporters }: FollowerStores,
  trackingNumber: string,
  about: About,
): Promise<Mail | undefined> {
  const [found, reporter] = await Promise.all([
    cases.get(trackingNumber),
    mailedReporter(reporters, trackingNumber),
  ]);
  if (found?.joinedTo === undefined || !reporter) return undefined;
  return followerNotice(reporter, { ...about, case: found }, about.case);
}

/**
 * Tells the reporters of all cases that follow this one. Whoever was told already is passed over, so a message that comes
 * again goes on where it broke off.
 */
export async function tellFollowers(
  stores: FollowerStores & SendingStores,
  { trackingNumber: follows, sequence }: EventName,
  { siteUrl }: Pick<MailSettings, "siteUrl">,
  at: Date,
): Promise<void> {
  let about: About | undefined;
  const tell = (trackingNumber: string, news: About) =>
    sendOnce(stores, { kind: "follower-notice", trackingNumber, sequence, follows }, at, () =>
      toFollower(stores, trackingNumber, news),
    );
  for await (const followers of followersOf(stores.cases, follows)) {
    if (followers.length === 0) continue;
    const news = (about ??= await aboutOf(stores, { trackingNumber: follows, sequence }, siteUrl));
    await each(followers.map((one) => tell(one, news)));
  }
}
