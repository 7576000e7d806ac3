import type * as z from "zod";
import { roleText } from "../../../../shared/case/views/words.ts";
import type { Endpoint, Route } from "../../../../shared/http/endpoint.ts";
import { dateTyped, type FormValues, valueOf } from "../../../../shared/http/page/form.ts";
import { officerActionAt } from "../../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import { selectField, sendButton, textField, type Told } from "../../../../shared/page/parts/form.ts";
import { deputiesListed } from "../../list-deputies.ts";
import { leadOn, type Room, roomForm, seenIn } from "../room.ts";
import { addressOfOfficer, backToOfficer, officerAt, pathOfOfficer } from "./officer-page.ts";

const words = {
  title: { id: "Tidak di tempat", en: "Absence" },
  deputy: { id: "Wakil", en: "Deputy" },
  deputyHint: {
    id: "Rekan di instansi yang sama atau tepat di atasnya. Ia mendapat email dan mengerjakan antrean selama itu.",
    en: "A colleague of the same agency or of the one right above. They get the emails and work on the queue for that time.",
  },
  nobody: {
    id: "Belum ada rekan yang perannya mencakup tugas ini.",
    en: "No colleague has a role that covers this work yet.",
  },
  choose: { id: "Pilih wakil", en: "Choose a deputy" },
  from: { id: "Mulai tanggal", en: "From" },
  until: { id: "Sampai tanggal", en: "Until" },
  dateHint: { id: "Misalnya 1/12/2026", en: "Such as 1/12/2026" },
  save: { id: "Tunjuk wakil", en: "Name the deputy" },
  end: { id: "Akhiri sekarang: sudah di tempat lagi", en: "End it now: back at work" },
} as const satisfies Record<string, Text>;

/** Who stands in, from when and until when. */
export function absenceInputs(
  told: Told,
  { items }: z.output<typeof deputiesListed>,
  language: Language,
): Hole {
  return html`${selectField(
    told,
    {
      name: "deputyId",
      label: words.deputy[language],
      hint: items.length > 0 ? words.deputyHint[language] : words.nobody[language],
    },
    [
      { value: "", label: words.choose[language] },
      ...items.map(({ id, name, role }) => ({ value: id, label: `${name} (${roleText[role][language]})` })),
    ],
  )}${textField(told, { name: "from", label: words.from[language], hint: words.dateHint[language] }, { type: "date", width: "short" })}${textField(told, { name: "until", label: words.until[language], hint: words.dateHint[language] }, { type: "date", width: "short" })}`;
}

/** The absence as the route takes it. */
export const absenceIn = (values: FormValues) => ({
  ...(valueOf(values, "deputyId") && { deputyId: valueOf(values, "deputyId") }),
  ...(valueOf(values, "from") && { from: dateTyped(valueOf(values, "from")) }),
  ...(valueOf(values, "until") && { until: dateTyped(valueOf(values, "until")) }),
});

/** The button that ends an absence. */
export const endAbsenceButton = (address: string, language: Language): Hole =>
  html`<form method="post" action="${pageIn(language, address)}">${sendButton(words.end[language], "second")}</form>`;

/** `/petugas/kelola/petugas/{id}/wakil`: an administrator names a deputy for an officer who cannot do it themselves. */
export const absencePages = (room: Room): Route[] => [
  ...roomForm(room, {
    at: "/petugas/kelola/petugas/{id}/wakil",
    input: { path: pathOfOfficer },
    async load({ path }, visit) {
      const [entry, deputies] = await Promise.all([
        officerAt(room, visit, path.id),
        visit.ask(room.asked.deputies, { path }, deputiesListed),
      ]);
      return { ...entry, deputies };
    },
    title: words.title,
    heading: (_, language) => words.title[language],
    back: ({ officer }) => backToOfficer(officer),
    filled: ({ officer: { deputyId = "", absentFrom = "", absentUntil = "" } }) => ({
      deputyId,
      from: absentFrom,
      until: absentUntil,
    }),
    intro: ({ state, language }) =>
      state.officer.deputyId !== undefined &&
      endAbsenceButton(`${addressOfOfficer(state.officer.id)}/wakil/akhiri`, language),
    inputs: ({ told, state, language }) => absenceInputs(told, state.deputies, language),
    button: words.save,
    async send({ path }, visit, values) {
      await visit.reply(room.asked.setAbsence, { path, body: absenceIn(values), headers: seenIn(values) });
      return leadOn(visit, addressOfOfficer(path.id), "wakil");
    },
  }),
  ...officerActionAt(
    room.registry.frame,
    "/petugas/kelola/petugas/{id}/wakil/akhiri",
    { path: pathOfOfficer },
    async ({ path }, visit) => {
      await visit.reply(room.asked.endAbsence satisfies Endpoint, { path });
      return leadOn(visit, addressOfOfficer(path.id), "kembali");
    },
  ),
];
