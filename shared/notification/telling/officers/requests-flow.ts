import type { ChangeRequest } from "../../../directory/administration/request.ts";
import type { Agency } from "../../../directory/directory.ts";
import type { DirectoryStore } from "../../../directory/directory-store.ts";
import type { RequestStore } from "../../../directory/request-store.ts";
import type { RequestNotice } from "../../mail-message.ts";
import type { MailSettings } from "../../mail-settings.ts";
import { requestNoticeMail, type RequestReader } from "../../mails/request-notice.ts";
import { formerAddressId } from "../../notification.ts";
import { mailboxOf } from "../../recipients/recipients.ts";
import { each } from "../each.ts";
import { type SendingStores, sendOnce } from "../send-once-flow.ts";

interface Stores extends SendingStores {
  requests: Pick<RequestStore, "find">;
  directory: Pick<DirectoryStore, "agency" | "officer">;
}

const mailbox = /^mailbox@(.+)$/;

/** The agency that a mail about a request names: the one concerned, or the one that it will stand under. */
async function agencyNamed({ directory }: Stores, { agencies }: ChangeRequest): Promise<Agency | undefined> {
  const [id] = agencies;
  return id === undefined ? undefined : directory.agency(id);
}

/** Whom an id among those who are told stands for now. Somebody who left is not told. */
async function readerOf({ directory }: Stores, id: string): Promise<RequestReader | undefined> {
  const [, agencyId] = mailbox.exec(id) ?? [];
  if (agencyId !== undefined) {
    const agency = await directory.agency(agencyId);
    return agency && { ...mailboxOf(agency), isConcerned: false };
  }
  const officer = await directory.officer(id);
  return officer && !officer.dismissedAt ? { ...officer, isConcerned: false } : undefined;
}

/**
 * Mails each person who is told of a request: the one whom it concerns at the address that they had, the level above, and
 * of its end whoever asked. Whoever ended it is not told.
 */
export async function tellOfRequest(
  stores: Stores,
  { request: id, what }: RequestNotice,
  { siteUrl }: Pick<MailSettings, "siteUrl">,
  at: Date,
): Promise<void> {
  const request = await stores.requests.find(id);
  // The table forgets a request weeks after its end. Nobody has to be told any more.
  if (!request) return;
  const agency = await agencyNamed(stores, request);
  const named = {
    agency: agency?.name ?? "-",
    timeZone: agency?.timeZone ?? ("Asia/Jakarta" as const),
    siteUrl,
  };
  const asker = what === "asked" ? undefined : request.by.officerId;
  const others = [...new Set([...request.told, ...(asker === undefined ? [] : [asker])])].filter(
    (one) => one !== request.ended?.by.officerId,
  );
  const tell = (to: string, reader: () => Promise<RequestReader | undefined>): Promise<unknown> =>
    sendOnce(
      stores,
      { kind: "request-notice", trackingNumber: id, sequence: what === "asked" ? 1 : 2, to },
      at,
      async () => {
        const found = await reader();
        return found && requestNoticeMail(request, what, found, named);
      },
    );
  const { formerAddress: email } = request;
  await each([
    ...(email === undefined
      ? []
      : [
          tell(formerAddressId, async () => ({
            name: "Petugas SP4N-LAPOR!",
            email,
            isConcerned: true,
          })),
        ]),
    ...others.map((one) => tell(one, () => readerOf(stores, one))),
  ]);
}
