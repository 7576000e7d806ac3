import type { Attachment } from "../../../shared/attachment/attachment.ts";
import type { AttachmentStore } from "../../../shared/attachment/attachment-store.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";

/** Attachments in memory. Accepting one stores the move of its case too. */
export function memoryAttachments(cases: Pick<CaseStore, "append">): AttachmentStore {
  const rooms = new Map<string, { made: number; byId: Map<string, Attachment> }>();
  const roomOf = (trackingNumber: string) => {
    const room = rooms.get(trackingNumber) ?? { made: 0, byId: new Map<string, Attachment>() };
    rooms.set(trackingNumber, room);
    return room;
  };
  const unsettled = ({ trackingNumber, attachmentId }: Attachment) => {
    const one = roomOf(trackingNumber).byId.get(attachmentId);
    return one?.state === "waiting" ? one : undefined;
  };
  return {
    async of(trackingNumber) {
      const { made, byId } = roomOf(trackingNumber);
      return { made, attachments: structuredClone([...byId.values()]) };
    },
    async find(trackingNumber, attachmentId) {
      return structuredClone(roomOf(trackingNumber).byId.get(attachmentId));
    },
    async add(one, made) {
      const room = roomOf(one.trackingNumber);
      if (room.made !== made) return false;
      room.made++;
      room.byId.set(one.attachmentId, structuredClone(one));
      return true;
    },
    async arrived(one) {
      delete unsettled(one)?.unusedAt;
    },
    async begin(one) {
      const stored = unsettled(one);
      return stored && ++stored.attempts;
    },
    async refuse(one) {
      if (!unsettled(one)) return false;
      roomOf(one.trackingNumber).byId.set(one.attachmentId, structuredClone(one));
      return true;
    },
    async remove(left, before, moved) {
      const stored = roomOf(left.trackingNumber).byId.get(left.attachmentId);
      if (stored?.state !== "waiting" && stored?.state !== "clean") return false;
      if (!(await cases.append(before, moved))) return false;
      roomOf(left.trackingNumber).byId.set(left.attachmentId, structuredClone(left));
      return true;
    },
    async restate(left) {
      roomOf(left.trackingNumber).byId.set(left.attachmentId, structuredClone(left));
    },
    async accept(one, before, moved) {
      if (!unsettled(one)) return "settled-before";
      if (!(await cases.append(before, moved))) return "case-changed";
      roomOf(one.trackingNumber).byId.set(one.attachmentId, structuredClone(one));
      return "accepted";
    },
  };
}
