import { reporterId } from "../../../shared/notification/notification.ts";
import { until } from "../../deploy/ministack.ts";
import type { EveryPage } from "../every-page.ts";
import { openOwnCase } from "../own-case.ts";
import { mailCameBack } from "../returned-mails.ts";
import { sampleCase, type Situation } from "../samples.ts";

const own = (name: string, situation: Situation, page = ""): EveryPage => ({
  name,
  at: { walk: async ({ visitor, sample, to }) => openOwnCase(visitor, await sample(situation), page, to) },
  audience: "private",
});

/** A page whose session is over when its form is sent. */
const over = (name: string, situation: Situation, page: string): EveryPage => ({
  name,
  at: {
    walk: async ({ visitor, page: shown, sample, to }) => {
      await openOwnCase(visitor, await sample(situation), page, to);
      const text = shown.locator("textarea").first();
      await text.fill("Lubangnya di sisi timur pasar.");
      await shown.context().clearCookies();
      await shown.locator("main form[data-once] button").first().click();
    },
  },
  status: 401,
  audience: "private",
});

/** The page of a case from whose reporter a mail came back. */
const unreached: EveryPage = {
  name: "A case whose reporter no mail reaches, for its reporter",
  at: {
    async walk({ visitor, page, site, to }) {
      const reporter = { name: "Warga Contoh", email: "warga.pindah@contoh.example" };
      const given = await sampleCase(site, "submitted", { reporter });
      await mailCameBack(site, { to: reporterId(given.trackingNumber) });
      await openOwnCase(visitor, given, "", to);
      await until("Nobody told of the mail that came back", 30, async () => {
        await visitor.open(to(`/saya/${given.trackingNumber}`));
        return (await page.locator('.notice a[href$="/surat"]').count()) === 1;
      });
    },
  },
  audience: "private",
};

/** What a reporter does with their case, in the situations in which it looks different. */
export const rows: EveryPage[] = [
  own("A case that waits for its verification, for its reporter", "submitted"),
  unreached,
  own("A case with a question, for its reporter", "asked"),
  own("A case that is closed, for its reporter", "closed"),
  own("A secret case, for its reporter", "secret"),
  own("Adding information", "submitted", "tanggapan"),
  own("Answering a question", "asked", "tanggapan"),
  own("Disputing an answer", "answered", "tanggapan"),
  own("Rating an answer", "answered", "nilai"),
  own("A rating that is not possible", "submitted", "nilai"),
  own("Appealing", "answered", "banding"),
  own("An objection that is not possible", "answered", "keberatan"),
  own("Withdrawing", "submitted", "cabut"),
  own("A separation that is not possible", "submitted", "pisahkan"),
  own("Rewording what the public reads", "submitted", "teks-publik"),
  own("Agreeing to a referral", "answered", "ombudsman"),
  own("Deciding on an opening of the identity where it is not needed", "submitted", "izin-identitas"),
  own("Replacing the receipt", "submitted", "tanda-terima"),
  own("Erasing originals where there are none", "submitted", "berkas-asli"),
  own("Choosing mails", "submitted", "surat"),
  own("All data about a reporter", "submitted", "data"),
  own("Deleting an identity", "submitted", "data/hapus"),
  own("Correcting personal data", "submitted", "surel"),
  over("A reply whose session is over", "submitted", "tanggapan"),
];
