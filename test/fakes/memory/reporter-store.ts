import { type FormerAddress, type ReporterIdentity, searchText } from "../../../shared/reporter/reporter.ts";
import type { ReporterStore } from "../../../shared/reporter/reporter-store.ts";

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
    if (identity) identities.set(trackingNumber, { ...identity, mailsStopped: stopped });
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
