import type { CaseStore } from "../../../case/store/case-store.ts";
import type { MailSettings } from "../../mail-settings.ts";
import type { About } from "../../mails/about.ts";
import { aboutOf } from "../../mails/about-flow.ts";
import type { Mail } from "../../mails/mail.ts";
import { followerNotice } from "../../mails/notice.ts";
import { type EventName, reporterId } from "../../notification.ts";
import { each } from "../each.ts";
import { tellNews } from "./news-flow.ts";
import type { ReporterMailStores } from "./reporter-flow.ts";
import type { MailedReporter } from "./reporter-mail-flow.ts";

/** The stores that followers are found and mailed with. */
type FollowerStores = ReporterMailStores & {
  cases: Pick<CaseStore, "find" | "get" | "followersOf">;
};

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

/** The mail to the reporter of one joined case; undefined where it was separated meanwhile. */
async function toFollower(
  { cases }: FollowerStores,
  trackingNumber: string,
  reporter: MailedReporter,
  about: About,
): Promise<Mail | undefined> {
  const found = await cases.get(trackingNumber);
  if (found?.joinedTo === undefined) return undefined;
  return followerNotice(reporter, { ...about, case: found }, about.case);
}

/**
 * Tells the reporters of all cases that follow this one. Whoever was told already is passed over, so a message that comes
 * again goes on where it broke off.
 */
export async function tellFollowers(
  stores: FollowerStores,
  { trackingNumber: follows, sequence }: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  let about: About | undefined;
  const tell = (trackingNumber: string, news: About) => {
    const to = reporterId(trackingNumber);
    const notification = { kind: "follower-notice", trackingNumber, sequence, follows, to } as const;
    return tellNews(stores, notification, settings, at, (reporter) =>
      toFollower(stores, trackingNumber, reporter, news),
    );
  };
  for await (const followers of followersOf(stores.cases, follows)) {
    if (followers.length === 0) continue;
    const news = (about ??= await aboutOf(stores, { trackingNumber: follows, sequence }, settings.siteUrl));
    await each(followers.map((one) => tell(one, news)));
  }
}
