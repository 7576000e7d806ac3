import { anOfficer } from "./agencies.ts";

const city = "pemkot-balikpapan";
const department = "balikpapan-dinas-pu";

/** Who works in the tests: invented officers of the ministry, the city of Balikpapan and its department of public works. */
export const staff = {
  national: anOfficer("national-admin", "kemenpanrb"),
  admin: anOfficer("agency-admin", city),
  mayor: anOfficer("agency-head", city),
  liaison: anOfficer("liaison-officer", department),
  worker: anOfficer("unit-officer", department),
  head: anOfficer("agency-head", department),
  roads: anOfficer("unit-officer", "balikpapan-uptd-jalan"),
  elsewhere: anOfficer("unit-officer", "pemkot-samarinda"),
  observer: anOfficer("ombudsman-observer", "kemenpanrb"),
  auditor: anOfficer("auditor", "kemenpanrb"),
};

export type Who = keyof typeof staff;
