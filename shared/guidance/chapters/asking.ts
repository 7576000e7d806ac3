import { roleText } from "../../case/views/words.ts";
import type { Language, Text } from "../../language.ts";
import { type Block, heading, paragraph } from "../block.ts";
import type { InForce } from "../in-force.ts";

const practice = {
  lead: {
    id: "Berlatihlah sebelum mengerjakan laporan sungguhan. Tidak ada yang terkirim, dan langkah yang salah dijelaskan.",
    en: "Practise before you work on real reports. Nothing is sent, and a wrong step is explained.",
  },
  open: { id: "Buka latihan", en: "Open practice" },
  minutes: { id: "sekitar {n} menit", en: "some {n} minutes" },
} as const satisfies Record<string, Text>;

/** What can be practised, with what each scenario teaches, and where. */
export const practiceChapter = (language: Language, { scenarios }: InForce): Block[] => [
  paragraph(practice.lead[language]),
  {
    kind: "links",
    links: scenarios.map(({ id, title, about, minutes }) => ({
      label: title[language],
      address: `/latihan/${id}`,
      told: `${about[language]} (${practice.minutes[language].replace("{n}", String(minutes))}).`,
    })),
  },
  { kind: "link", label: practice.open[language], address: "/latihan" },
];

const contacts = {
  lead: {
    id: "Bila Anda ragu, tanyakan sebelum batas waktu lewat.",
    en: "If you are in doubt, ask before a limit passes.",
  },
  alerts: { id: "Alamat pemberitahuan", en: "Address for alerts" },
  people: { id: "Siapa", en: "Who" },
  nobody: {
    id: "Belum ada admin atau pejabat penghubung yang tercatat.",
    en: "No administrator or liaison officer is on record.",
  },
} as const satisfies Record<string, Text>;

/** Whom to ask: the agency of the reader and those above it. */
export const contactsChapter = (language: Language, inForce: InForce): Block[] => [
  paragraph(contacts.lead[language]),
  ...inForce.contacts.flatMap(({ agency, people }): Block[] => [
    heading(agency.name),
    {
      kind: "facts",
      facts: [
        [contacts.alerts[language], [agency.alertEmail]],
        [
          contacts.people[language],
          people.length > 0
            ? people.map(({ name, role }) => `${name}, ${roleText[role][language]}`)
            : [contacts.nobody[language]],
        ],
      ],
    },
  ]),
];
