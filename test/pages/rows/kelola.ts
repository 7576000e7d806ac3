import { randomUUID } from "node:crypto";
import { DynamoDBClient, ListTablesCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { officeHash } from "../../../shared/notification/addresses/undeliverable-store.ts";
import { mailboxId } from "../../../shared/notification/notification.ts";
import { until } from "../../deploy/ministack.ts";
import type { EveryPage, Way } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { mailCameBack } from "../returned-mails.ts";
import { officers } from "../samples.ts";

const national = "admin.nasional@kemenpanrb.example";
const worker = "petugas.pu@balikpapan.example";
const city = "/petugas/kelola/instansi/pemkot-balikpapan";
const works = "/petugas/kelola/instansi/balikpapan-dinas-pekerjaan-umum";
const officer = "/petugas/kelola/petugas/contoh-petugas-pu-balikpapan";

/** A page of administrators that is opened by its address. */
const opened = (name: string, at: string, more: Partial<EveryPage> = {}): EveryPage => ({
  name: `Administrators: ${name}`,
  at: {
    walk: async ({ visitor, language }) => {
      await asOfficer(visitor, national, { to: at, language });
    },
  },
  audience: "private",
  ...more,
});

const field = ({ page }: Way, name: string) => page.locator(`main [name="${name}"]`);
/** Sends the form that stands last on the page. */
const send = async ({ page }: Way): Promise<void> => {
  const sent = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.locator("main form").last().locator("button").click();
  await sent;
  await page.waitForLoadState();
};

/** A page of administrators that a form leads to. */
const sentFrom = (
  name: string,
  at: string,
  fill: (way: Way) => Promise<void>,
  more: Partial<EveryPage> = {},
): EveryPage => ({
  name: `Administrators: ${name}`,
  at: {
    async walk(way) {
      await asOfficer(way.visitor, national, { to: at, language: way.language });
      await fill(way);
      await send(way);
    },
  },
  audience: "private",
  ...more,
});

const own = (name: string, at: string): EveryPage => ({
  name: `Officers about themselves: ${name}`,
  at: {
    walk: async ({ visitor, language }) => {
      await asOfficer(visitor, worker, { to: at, language });
    },
  },
  audience: "private",
});

const roads = "/petugas/kelola/instansi/balikpapan-uptd-pemeliharaan-jalan-dan-jembatan";

/** Chooses who takes over the cases, and says why. */
const givesUp = async (way: Way): Promise<void> => {
  await way.page.locator('input[value="pemkot-balikpapan"]').check();
  await field(way, "reason").fill("Digabung menurut peraturan daerah contoh");
};

/** Enters an officer of their own for a visit. */
async function anOfficerAt({ site }: Way, agencyId: string): Promise<{ id: string; email: string }> {
  const id = `contoh-${randomUUID().slice(0, 8)}`;
  const email = `${id}@balikpapan.example`;
  const entry = { name: "Petugas Contoh", email, role: "unit-officer", agencyId };
  const { status } = await site.as(officers.city, "PUT", `/v1/admin/officers/${id}`, entry);
  if (status !== 201) throw new Error(`The officer was not entered: ${status}`);
  return { id, email };
}

/** An officer from whom a mail came back. */
async function unreachedOfficer(way: Way): Promise<void> {
  const { visitor, page, site, language } = way;
  const { id, email } = await anOfficerAt(way, "pemkot-balikpapan");
  await mailCameBack(site, { to: id, office: officeHash(email) });
  await showsTheButton({ visitor, page, language }, `/petugas/kelola/petugas/${id}`);
}

/** An agency with an officer whom a newer version gave a role that this one does not know. */
async function withUnknownRole(way: Way): Promise<void> {
  const agency = "balikpapan-dinas-sosial";
  const { id } = await anOfficerAt(way, agency);
  const tables = new DynamoDBClient({
    endpoint: way.site.dynamodb,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
    await tables.send(
      new UpdateItemCommand({
        TableName: TableNames.find((name) => name.includes("Directory")),
        Key: { pk: { S: "officer" }, sk: { S: id } },
        UpdateExpression: "SET #entry.#role = :role",
        ExpressionAttributeNames: { "#entry": "entry", "#role": "role" },
        ExpressionAttributeValues: { ":role": { S: "mediator" } },
      }),
    );
  } finally {
    tables.destroy();
  }
  const to = `/petugas/kelola/petugas?instansi=${agency}`;
  await asOfficer(way.visitor, national, { to, language: way.language });
  await way.page.getByText(id).waitFor();
}

/** Nobody presses the button of this agency, so its mark stays through all visits. */
async function unreachedAgency(way: Way): Promise<void> {
  const { site } = way;
  const { status, body } = await site.as(officers.city, "GET", `/v1/admin/agencies/${unreachedOne}`);
  if (status !== 200) throw new Error(`The agency is not there: ${status}`);
  await mailCameBack(site, { to: mailboxId(unreachedOne), office: officeHash(body.alertEmail) });
  await showsTheButton(way, `/petugas/kelola/instansi/${unreachedOne}`);
}
const unreachedOne = "balikpapan-kesbangpol";

/** Opens a page of administrators until the system has heard that a mail came back. */
async function showsTheButton(
  { visitor, page, language }: Pick<Way, "visitor" | "page" | "language">,
  at: string,
): Promise<void> {
  await asOfficer(visitor, national, { to: at, language });
  await until("Nobody told of the mail that came back", 30, async () => {
    await visitor.open(language === "id" ? at : `/en${at}`);
    return (await page.locator('form[action$="/alamat"]').count()) === 1;
  });
}

const walked = (name: string, walk: (way: Way) => Promise<void>): EveryPage => ({
  name: `Administrators: ${name}`,
  at: { walk },
  audience: "private",
});

/** The pages of administrators, and what officers set themselves. */
export const rows: EveryPage[] = [
  opened("what they keep right", "/petugas/kelola"),
  opened("agencies that a text names", "/petugas/kelola?cari=dinas"),
  opened("an agency", city),
  walked("an agency whose mailbox no mail reaches", unreachedAgency),
  opened("the history of an agency", `${works}/riwayat`),
  opened("a form that changes an agency", `${works}/ubah`),
  opened("a form that creates an agency", `${city}/baru`),
  opened("a form that moves an agency", `${works}/pindah?cari=pemerintah`),
  opened("a form that closes an agency", `${works}/tutup`),
  sentFrom("an agency without a name", `${city}/baru`, async () => {}, { status: 400 }),
  sentFrom("what closing an agency would do", `${roads}/tutup?cari=pemerintah`, givesUp),
  sentFrom("closing an agency that has others below it", `${works}/tutup?cari=pemerintah`, givesUp, {
    status: 409,
  }),
  opened("the officers of an agency", "/petugas/kelola/petugas?instansi=balikpapan-dinas-pekerjaan-umum"),
  opened("an officer", officer),
  walked("the officers of an agency, with one whose role is not known", withUnknownRole),
  walked("an officer whom no mail reaches", unreachedOfficer),
  walked("an officer to whose address mails go again", async (way) => {
    await unreachedOfficer(way);
    await way.page.locator('form[action$="/alamat"] button').click();
    await way.page.waitForURL((url) => url.search !== "");
  }),
  opened("a form that changes an officer", `${officer}/ubah`),
  opened("a form that registers an officer", `${works}/undang`),
  opened("a form that moves an officer", `${officer}/pindah`),
  opened("a form that names a deputy", `${officer}/wakil`),
  opened("a form that dismisses an officer", `${officer}/berhentikan`),
  opened("a form that resets an authenticator", `${officer}/autentikator`),
  opened("the history of an officer", `${officer}/riwayat`),
  opened("requests for a second person", "/petugas/kelola/permintaan"),
  opened("the years of the calendar", "/petugas/kelola/kalender"),
  opened("the holidays of a year", "/petugas/kelola/kalender/2026"),
  opened("a form that changes the holidays", "/petugas/kelola/kalender/2026/ubah"),
  opened("a form for the holidays of a year without a decree", "/petugas/kelola/kalender/2028/ubah"),
  sentFrom("a trial of holidays", "/petugas/kelola/kalender/2026/ubah", async (way) => {
    await field(way, "baru.0.date").fill("2026-12-01");
    await field(way, "baru.0.name").fill("Cuti bersama contoh");
  }),
  sentFrom(
    "a holiday of another year",
    "/petugas/kelola/kalender/2026/ubah",
    async (way) => {
      await field(way, "baru.0.date").fill("2027-12-01");
      await field(way, "baru.0.name").fill("Cuti bersama contoh");
    },
    { status: 400 },
  ),
  opened("the limits", "/petugas/kelola/batas"),
  opened("a form that changes the limits", "/petugas/kelola/batas/ubah"),
  sentFrom("a trial of limits", "/petugas/kelola/batas/ubah", async (way) => {
    await field(way, "effectiveFrom").fill("2028-01-01");
  }),
  opened("a form that applies limits", "/petugas/kelola/batas/1/terapkan"),
  opened("the page that takes a load", "/petugas/kelola/muat"),
  sentFrom("a trial of a load with a row to correct", "/petugas/kelola/muat", (way) =>
    field(way, "teks").fill(
      "nama;email;peran;instansi\nContoh Satu;contoh.satu@balikpapan.example;Petugas unit;pemkot-balikpapan\nContoh Dua;bukan;Tukang;tidak-ada",
    ),
  ),
  own("what the directory says", "/petugas/saya"),
  own("a form that names a deputy", "/petugas/saya/wakil"),
];
