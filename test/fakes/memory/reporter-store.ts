import { type FormerAddress, type ReporterIdentity, searchText } from "../../../shared/reporter/reporter.ts";
import type { ReporterStore } from "../../../shared/reporter/reporter-store.ts";
import { isReturned, tellsMore } from "../../../shared/reporter/undeliverable.ts";

/** Identities by tracking number, and former addresses by tracking number and event. */
export interface Identities {
  identities: Map<string, ReporterIdentity>;
  formers: Map<string, FormerAddress>;
}

/** Identities in memory. Moves of cases write them, so the maps are shared with the store of cases. */
export const memoryReporters = ({ identities, formers }: Identities): ReporterStore => ({
  async find(trackingNumber) {
    const identity = identities.get(trackingNumber);
    return identity && { ...identity };
  },
  async casesOf(key, limit) {
    return [...identities.values()]
      .filter(
        ({ nik, phone }) =>
          (nik && searchText({ nik }) === searchText(key)) ||
          (phone && searchText({ phone }) === searchText(key)),
      )
      .map(({ trackingNumber }) => trackingNumber)
      .slice(0, limit);
  },
  async stopMails(trackingNumber, stopped) {
    const identity = identities.get(trackingNumber);
    if (identity)
      identities.set(trackingNumber, {
        ...identity,
        mailsStopped: stopped,
        ...(!stopped && { addressOff: undefined }),
      });
  },
  async turnAddressOff(trackingNumber, round, addressOff) {
    const identity = identities.get(trackingNumber);
    if (!identity || (identity.addressRound ?? 0) !== round) return false;
    identities.set(trackingNumber, { ...identity, addressOff });
    return true;
  },
  async markUndeliverable(trackingNumber, mark) {
    const identity = identities.get(trackingNumber);
    if (!identity) return;
    const { undeliverable: known, addressFreedAt = "" } = identity;
    const counts = isReturned(mark)
      ? addressFreedAt < mark.mailedAt && tellsMore(known, mark)
      : known?.why !== mark.why;
    if (counts) identities.set(trackingNumber, { ...identity, undeliverable: mark });
  },
  async freeAddress(trackingNumber, at) {
    const identity = identities.get(trackingNumber);
    if (identity?.undeliverable && identity.undeliverable.why !== "complained")
      identities.set(trackingNumber, {
        ...identity,
        undeliverable: undefined,
        addressFreedAt: at.toISOString(),
      });
  },
  async addressFreedAt(trackingNumber) {
    return identities.get(trackingNumber)?.addressFreedAt;
  },
  async markDeliverable(trackingNumber) {
    const identity = identities.get(trackingNumber);
    if (identity?.undeliverable && !isReturned(identity.undeliverable))
      identities.set(trackingNumber, { ...identity, undeliverable: undefined });
  },
  async undeliverable(trackingNumber) {
    return identities.get(trackingNumber)?.undeliverable;
  },
  async formerAddress(trackingNumber, sequence) {
    return formers.get(`${trackingNumber}#${sequence}`);
  },
  async forgetFormerAddress(trackingNumber, sequence) {
    formers.delete(`${trackingNumber}#${sequence}`);
  },
  async forgetReceipt(trackingNumber) {
    const identity = identities.get(trackingNumber);
    if (identity) identities.set(trackingNumber, { ...identity, receiptToMail: undefined });
  },
});
