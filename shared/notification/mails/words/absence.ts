import type { Text } from "../../../language.ts";
import type { AbsenceNotice } from "../../mail-message.ts";

/** What a mail about an absence says: to the deputy, or to the officer who is away and did not name the deputy themselves. */
interface AbsenceWords {
  subject: string;
  told: Record<AbsenceNotice["as"], Text>;
  todo: Record<AbsenceNotice["as"], Text>;
}

export const absenceWords: Record<AbsenceNotice["what"], AbsenceWords> = {
  named: {
    subject: "Anda terkait penunjukan wakil di SP4N-LAPOR! / A deputy has been named in SP4N-LAPOR!",
    told: {
      deputy: {
        id: "Anda ditunjuk mewakili petugas di bawah ini selama ia tidak di tempat.",
        en: "You have been named the deputy of the officer below while they are away.",
      },
      absent: {
        id: "Seorang admin mencatat bahwa Anda tidak di tempat dan menunjuk petugas di bawah ini sebagai wakil Anda.",
        en: "An administrator recorded that you are away, and named the officer below as your deputy.",
      },
    },
    todo: {
      deputy: {
        id: "Pada tanggal itu email dan antrean petugas tersebut datang juga kepada Anda, dan Anda dapat menangani laporannya atas nama Anda sendiri. Identitas pelapor dan berkas asli tetap tidak dapat Anda buka karena penunjukan ini. Bila Anda sendiri berhalangan, segera beri tahu petugas itu atau admin instansinya.",
        en: "On those dates that officer's emails and queues come to you as well, and you may work on their cases in your own name. This does not let you open who reported a case, nor original files. If you cannot do it, tell that officer or the administrator of their agency at once.",
      },
      absent: {
        id: "Email Anda tetap datang juga kepada Anda. Bila ini tidak benar, masuk lalu akhiri, atau hubungi admin instansi Anda.",
        en: "Your emails still come to you as well. If this is wrong, sign in and end it, or call the administrator of your agency.",
      },
    },
  },
  ended: {
    subject: "Tugas wakil di SP4N-LAPOR! berakhir / A deputy's time in SP4N-LAPOR! has ended",
    told: {
      deputy: {
        id: "Anda tidak lagi mewakili petugas di bawah ini.",
        en: "You are no longer the deputy of the officer below.",
      },
      absent: {
        id: "Seorang admin mengakhiri catatan bahwa Anda tidak di tempat. Petugas di bawah ini tidak lagi mewakili Anda.",
        en: "An administrator ended your absence. The officer below is no longer your deputy.",
      },
    },
    todo: {
      deputy: {
        id: "Bila ada laporan yang belum selesai, serahkan kepadanya.",
        en: "If a case is not finished, hand it back to them.",
      },
      absent: {
        id: "Bila ini tidak benar, hubungi admin instansi Anda.",
        en: "If this is wrong, call the administrator of your agency.",
      },
    },
  },
};
