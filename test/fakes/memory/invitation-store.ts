import { mayInviteFrom, mayOpenFrom, ofTheDay } from "../../../shared/directory/administration/invitation.ts";
import type { InvitationStore } from "../../../shared/directory/invitation-store.ts";

/** Counts in memory the invitations that were mailed. */
export function memoryInvitations(): InvitationStore {
  const sent = new Map<string, Date[]>();
  const opened = new Map<string, Date[]>();
  return {
    mayOpenFrom: async (email, at) => mayOpenFrom(opened.get(email.toLowerCase()) ?? [], at),
    async countOpened(email, at) {
      opened.set(email.toLowerCase(), [...(opened.get(email.toLowerCase()) ?? []), at]);
    },
    async countAgain(subject, at) {
      const known = sent.get(subject) ?? [];
      const from = mayInviteFrom(known, at);
      if (!from) sent.set(subject, [...ofTheDay(known, at), at]);
      return from;
    },
  };
}
