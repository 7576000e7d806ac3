import type { EveryPage } from "../every-page.ts";
import { signedIn, signedOut } from "../officer.ts";
import { officers } from "../samples.ts";

const reasons = {
  habis: "after a session ended",
  simpan: "after a session ended in the middle of a text",
  batal: "after the account service let nobody in",
  lewat: "after an answer that came too late or to another browser",
  gagal: "after an answer that is not right",
  sibuk: "while the account service is silent",
};

/** The way in and out for officers. */
export const rows: EveryPage[] = [
  {
    name: "The page to sign in as an officer",
    at: "/petugas/masuk?ke=/petugas/saya",
    audience: "private",
    instructs: true,
  },
  ...Object.entries(reasons).map(([reason, when]): EveryPage => ({
    name: `The page to sign in as an officer, ${when}`,
    at: `/petugas/masuk?karena=${reason}`,
    audience: "private",
    instructs: true,
  })),
  {
    name: "A page of officers whose session has ended where they sent a text",
    at: {
      async walk({ visitor, page, language, to }) {
        await signedIn(visitor, officers.unit, { to: "/petugas/saya", language });
        await visitor.context.clearCookies({ name: "__Host-petugas" });
        const sent = page.waitForResponse((answer) => answer.request().method() === "POST");
        // The answer is there before the page that it brings.
        const shown = page.waitForEvent("domcontentloaded");
        await page.evaluate(`(() => {
          const form = Object.assign(document.createElement("form"), { method: "post", action: ${JSON.stringify(to("/petugas/saya"))} });
          const value = "Kami menambal jalan di depan pasar hari Rabu.";
          form.append(Object.assign(document.createElement("input"), { name: "text", value }));
          document.body.append(form);
          form.submit();
        })()`);
        await Promise.all([sent, shown]);
      },
    },
    audience: "private",
    status: 401,
  },
  {
    name: "The address to sign out, for an officer who is still signed in",
    at: {
      async walk({ visitor, language, to }) {
        await signedIn(visitor, officers.unit, { to: "/petugas/saya", language });
        await visitor.open(to("/petugas/keluar"));
      },
    },
    audience: "private",
  },
  {
    name: "An officer has signed out, here and at the account service",
    at: {
      async walk({ visitor, language }) {
        await signedIn(visitor, officers.unit, { to: "/petugas/saya", language });
        await signedOut(visitor);
      },
    },
    audience: "private",
  },
];
