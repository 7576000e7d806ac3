import type { SignInOfficer } from "./officers.ts";

const roles: Record<string, string> = {
  "national-admin": "admin nasional",
  "agency-admin": "admin instansi",
  "liaison-officer": "pejabat penghubung",
  "unit-officer": "petugas unit",
  "agency-head": "kepala instansi",
  "ombudsman-observer": "pengamat Ombudsman",
  auditor: "auditor",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, content: string): string => `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
ul { list-style: none; padding: 0 }
button { display: block; width: 100%; margin: 0 0 .5rem; padding: .75rem 1rem; font: inherit; text-align: left; color: inherit; background: #f2f5f9; border: 1px solid #5b6b7f; border-radius: .25rem; cursor: pointer }
button:hover { background: #e1e8f0 }
button:focus-visible { outline: 3px solid #0b5fff; outline-offset: 2px }
strong, small { display: block }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;

/** Who may sign in here; one press signs in as them. */
export const signInPage = (officers: SignInOfficer[]): string => {
  const buttons = officers
    .filter(({ dismissedAt }) => !dismissedAt)
    .map(
      ({ name, email, role, agencyName }) =>
        `<li><button name="email" value="${escaped(email)}"><strong>${escaped(name)}</strong> ${escaped(roles[role] ?? role)}, ${escaped(agencyName)} <small>${escaped(email)}</small></button></li>`,
    );
  return page(
    "Masuk sebagai petugas",
    `<p>Sistem ini berjalan di komputer Anda: pilih petugas, tanpa kata sandi. <span lang="en">(This system runs on your own machine: choose an officer, no password is needed.)</span></p>
${buttons.length ? `<form method="post"><ul>\n${buttons.join("\n")}\n</ul></form>` : `<p>Belum ada petugas di direktori. <span lang="en">(The directory has no officers yet.)</span></p>`}`,
  );
};

export const messagePage = (title: string, message: { id: string; en: string }): string =>
  page(title, `<p>${escaped(message.id)} <span lang="en">(${escaped(message.en)})</span></p>`);

/** Asks whether an officer really wants to end their session here. `form` is the form of the standard's part, which has no button. */
export const signOutPage = (form: string): string =>
  page(
    "Keluar dari layanan akun",
    `${form}
<p>Tutup sesi Anda di layanan akun ini? <span lang="en">(End your session at this account service?)</span></p>
<button form="op.logoutForm" name="logout" value="yes">Keluar <span lang="en">(Sign out)</span></button>`,
  );
