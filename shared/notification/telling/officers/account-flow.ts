import type { DirectoryStore } from "../../../directory/directory-store.ts";
import type { AccountNotice } from "../../mail-message.ts";
import { accountNoticeMail } from "../../mails/account-notice.ts";
import { type SendingStores, sendOnce } from "../send-once-flow.ts";

interface Stores extends SendingStores {
  directory: Pick<DirectoryStore, "agency" | "officer">;
}

/** Mails an officer what became of their account. Somebody who left is not told. */
export async function tellOfAccount(
  stores: Stores,
  { officer: id, version, what }: AccountNotice,
  at: Date,
): Promise<void> {
  await sendOnce(
    stores,
    { kind: "account-notice", trackingNumber: id, sequence: version, to: id },
    at,
    async () => {
      const officer = await stores.directory.officer(id);
      if (!officer || officer.dismissedAt) return undefined;
      return accountNoticeMail(officer, what, await stores.directory.agency(officer.agencyId), at);
    },
  );
}
