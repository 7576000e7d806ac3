/** Officers of the shipped directory, by the subjects under which they sign in. */
export const sampleOfficers = {
  national: "sample-national-admin",
  city: "sample-admin-balikpapan",
  liaison: "sample-liaison-pu-balikpapan",
  unit: "sample-officer-pu-balikpapan",
  head: "sample-head-pu-balikpapan",
  observer: "sample-ombudsman-observer",
} as const;

/** The unit of theirs that mends roads. */
export const roads = "balikpapan-uptd-pemeliharaan-jalan-dan-jembatan";

/** What that unit answers to a report of a road. */
export const roadAnswer =
  "Kami sudah meninjau lokasi bersama warga dan menambal jalan itu dengan aspal panas kemarin pagi.";
