import type {
  Agency,
  Category,
  DirectoryFile,
  Officer,
  OfficerRole,
  Region,
} from "../../shared/directory/directory.ts";

/** Kalimantan Timur and one of its cities. */
export const regions: DirectoryFile["regions"] = [
  {
    code: "64",
    name: "Provinsi Kalimantan Timur",
    type: "province",
    bounds: { south: -2.41, west: 113.83, north: 2.57, east: 119.04 },
  },
  {
    code: "64.71",
    name: "Kota Balikpapan",
    type: "city",
    parent: "64",
    bounds: { south: -1.29, west: 116.72, north: -1.01, east: 117.03 },
  },
];

/** Two kecamatan of the city with two kelurahan, and an invented desa: the city has none. */
export const lowerRegions: Region[] = [
  { code: "64.71.05", name: "Balikpapan Selatan", type: "district", parent: "64.71" },
  { code: "64.71.05.1011", name: "Damai Baru", type: "village", parent: "64.71.05" },
  { code: "64.71.05.2001", name: "Contoh Makmur", type: "village", parent: "64.71.05" },
  { code: "64.71.06", name: "Balikpapan Kota", type: "district", parent: "64.71" },
  { code: "64.71.06.1005", name: "Damai", type: "village", parent: "64.71.06" },
];

const ofBalikpapan = { regionCode: "64.71", timeZone: "Asia/Makassar" } as const;

/** A ministry that verifies, a city with a department and a unit below it, and another city. */
export const agencies: Agency[] = [
  {
    id: "kemenpanrb",
    name: "Kementerian PANRB",
    type: "managing-institution",
    duty: "daily-management",
    parent: null,
    timeZone: "Asia/Jakarta",
    alertEmail: "lapor@kemenpanrb.example",
  },
  {
    id: "pemkot-balikpapan",
    name: "Pemerintah Kota Balikpapan",
    type: "city",
    parent: null,
    ...ofBalikpapan,
    alertEmail: "lapor@balikpapan.example",
  },
  {
    id: "balikpapan-dinas-pu",
    name: "Dinas Pekerjaan Umum Kota Balikpapan",
    type: "department",
    parent: "pemkot-balikpapan",
    ...ofBalikpapan,
    alertEmail: "dinas-pu@balikpapan.example",
  },
  {
    id: "balikpapan-uptd-jalan",
    name: "UPTD Jalan Kota Balikpapan",
    type: "unit",
    parent: "balikpapan-dinas-pu",
    ...ofBalikpapan,
    alertEmail: "uptd-jalan@balikpapan.example",
  },
  {
    id: "pemkot-samarinda",
    name: "Pemerintah Kota Samarinda",
    type: "city",
    parent: null,
    timeZone: "Asia/Makassar",
    alertEmail: "lapor@samarinda.example",
  },
];

/** An invented officer; signs in as the subject "subject-of-<id>". */
export const anOfficer = (role: OfficerRole, agencyId: string, change: Partial<Officer> = {}): Officer => {
  const id = `${role}-of-${agencyId}`;
  return {
    id,
    name: `Contoh ${role} ${agencyId}`,
    email: `${role}@${agencyId}.example`,
    role,
    agencyId,
    subject: `subject-of-${id}`,
    mails: "immediate",
    ...change,
  };
};

/** One main category with one subcategory. */
export const categories: Category[] = [
  {
    id: "pekerjaan-umum",
    name: "Pekerjaan Umum",
    subcategories: [{ id: "pekerjaan-umum/jalan", name: "Jalan" }],
  },
];
