import type { Answer } from "../../fakes/gateway.ts";

export const agencyPath = (id: string) => `agencies/${id}`;
export const officerPath = (id: string) => `officers/${id}`;
export const fieldsOf = ({ body }: Answer): string[] =>
  (body.errors ?? []).map(({ path }: { path: string }) => path);

export const newUnit = {
  name: "UPTD Drainase Kota Balikpapan",
  type: "unit",
  parent: "balikpapan-dinas-pu",
  regionCode: "64.71",
  timeZone: "Asia/Makassar",
  alertEmail: "uptd-drainase@balikpapan.example",
};
export const newOfficer = {
  name: "Contoh Petugas Baru",
  email: "baru@balikpapan.example",
  role: "unit-officer",
  agencyId: "balikpapan-uptd-jalan",
};
export const reason = "Digabung dengan dinas lain.";

/** Makes the body of a PUT that changes nothing. */
export const asItIs = ({ body: { id: _, closedAt: _c, successor: _s, ...entry } }: Answer) => entry;
