import { expect, test } from "vitest";
import { html } from "../../shared/page/html.ts";
import { layout } from "../../shared/page/layout.ts";
import {
  checkbox,
  errorSummary,
  fieldGroup,
  radios,
  textField,
  wrongFields,
} from "../../shared/page/parts/form.ts";
import { namedMessage } from "../../shared/page/parts/named.ts";
import { pageIn } from "../fakes/browsing.ts";
import { aFrame } from "../fakes/frame.ts";

const required = "Wajib diisi.";
const { files } = aFrame(() => new Date("2026-11-23T01:00:00Z"));

/** What the summary says of a form in which these fields are wrong. */
function summaryOf(...paths: string[]) {
  const problem = {
    detail: "Isian perlu diperbaiki.",
    errors: paths.map((path) => ({ path, message: required })),
  };
  const told = { language: "id", wrong: wrongFields(problem), values: {} } as const;
  const { text } = layout({
    language: "id",
    address: "/petugas/contoh",
    files,
    title: "Contoh",
    summary: errorSummary(problem, "id"),
    main: html`<h1>Contoh</h1><form method="post">${[
      textField(told, { name: "reason", label: "Alasan", optional: true }),
      radios(told, { name: "class", label: "Jenis laporan" }, [{ value: "complaint", label: "Pengaduan" }]),
      checkbox(told, { name: "consent", label: "Pelapor setuju" }),
      [1, 2].map((at) =>
        fieldGroup(
          `Hari baru ${at}`,
          html`<div>${textField(told, { name: `${at}.date`, label: "Tanggal" })}</div>`,
        ),
      ),
    ]}</form>`,
  });
  return { text, problems: pageIn({ body: text } as never).problems };
}

test("each line of a summary names the field in the words of its label, whatever kind of field it is", () => {
  expect(summaryOf("reason", "class", "consent", "2.date").problems).toEqual([
    ["#reason", "Alasan: wajib diisi."],
    ["#class", "Jenis laporan: wajib diisi."],
    ["#consent", "Pelapor setuju: wajib diisi."],
    ["#2-date", "Hari baru 2, tanggal: wajib diisi."],
  ]);
});

test("what is wrong with no field of the page is said without a name and leads nowhere", () => {
  const { text, problems } = summaryOf("idempotency-key");
  expect(problems).toEqual([]);
  expect(text).toContain("<li>Wajib diisi.</li>");
});

test.each([
  ["Judul", "Tulis judul, satu baris.", "Tulis judul, satu baris."],
  [
    "Instansi",
    "Dinas Kesehatan Kota Samarinda sudah ditutup.",
    "Instansi: Dinas Kesehatan Kota Samarinda sudah ditutup.",
  ],
  ["Kapan ini terjadi?", "Wajib diisi.", "Kapan ini terjadi? Wajib diisi."],
  ["Alasan", "Anda belum menulis apa pun.", "Alasan: Anda belum menulis apa pun."],
  ["Nomor", "NIK terdiri dari 16 angka.", "Nomor: NIK terdiri dari 16 angka."],
  ["Isi", "Wajib diisi.", "Isi: wajib diisi."],
  ["Reason", "This field is required.", "Reason: this field is required."],
])("the field %s with the message %s is named as people read it", (label, message, said) => {
  expect(namedMessage(label, message)).toBe(said);
});
