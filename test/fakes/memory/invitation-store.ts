import { mayInviteFrom, ofTheDay } from "../../../shared/directory/administration/invitation.ts";
import type { InvitationStore } from "../../../shared/directory/invitation-store.ts";

/** Counts in memory the invitations that were mailed again. */
export function memoryInvitations(): InvitationStore {
  const sent = new Map<string, Date[]>();
  return {
    async countAgain(subject, at) {
      const known = sent.get(subject) ?? [];
      const from = mayInviteFrom(known, at);
      if (!from) sent.set(subject, [...ofTheDay(known, at), at]);
      return from;
    },
  };
}
