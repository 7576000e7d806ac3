import type { Text } from "../../../language.ts";
import type { RequestNotice } from "../../mail-message.ts";

/** What a mail about a request says: to the one whom it concerns, or to somebody else who is told. */
interface RequestWords {
  subject: string;
  told: Record<"concerned" | "others", Text>;
  todo: Record<"concerned" | "others", Text>;
}

const nothingToDo: Text = { id: "", en: "" };

/** Under a subject that tells a mailbox's keeper nothing. */
const subject = "Permohonan perubahan data SP4N-LAPOR! / SP4N-LAPOR! change request";

/** The mails about a request that needs a second person. Each says it in Indonesian first, then in English. */
export const requestWords: Record<RequestNotice["what"], RequestWords> = {
  asked: {
    subject,
    told: {
      concerned: {
        id: "Seorang admin mengajukan perubahan data Anda atau instansi Anda di SP4N-LAPOR!. Belum ada yang berubah: perubahan ini menunggu persetujuan admin kedua.",
        en: "An administrator asked for a change of your data or your agency's in SP4N-LAPOR!. Nothing has changed yet: a second administrator has to confirm it.",
      },
      others: {
        id: "Seorang admin mengajukan perubahan yang menyangkut wewenang atas rahasia pelapor. Belum ada yang berubah: perubahan ini menunggu persetujuan admin kedua.",
        en: "An administrator asked for a change that concerns power over reporters' secrets. Nothing has changed yet: a second administrator has to confirm it.",
      },
    },
    todo: {
      concerned: {
        id: "Bila Anda tidak mengenal permohonan ini, segera telepon atau datangi admin instansi Anda atau admin di tingkat atasnya, sebutkan nomor permohonan di bawah, dan minta agar permohonan itu ditolak. Jangan membalas email ini.",
        en: "If you do not know of this request, call or visit the administrator of your agency or of the level above at once, give the number below, and ask them to refuse it. Do not reply to this email.",
      },
      others: {
        id: "Tanyakan kepada yang bersangkutan dan kepada yang mengajukan, lewat jalur lain selain email. Lalu setujui atau tolak permohonan ini sesudah masuk. Bila bukan mereka yang mengajukan, tolak segera: mungkin ada akun yang diambil alih.",
        en: "Ask the person concerned and whoever made the request, by another way than email. Then sign in and confirm or refuse the request. If it was not them, refuse it at once: somebody may have taken over an account.",
      },
    },
  },
  confirmed: {
    subject,
    told: {
      concerned: {
        id: "Permohonan perubahan data Anda atau instansi Anda di SP4N-LAPOR! sudah disetujui admin kedua dan berlaku sekarang.",
        en: "A second administrator confirmed the change of your data or your agency's in SP4N-LAPOR!. It holds now.",
      },
      others: {
        id: "Permohonan ini sudah disetujui admin kedua dan berlaku sekarang.",
        en: "A second administrator confirmed this request. It holds now.",
      },
    },
    todo: {
      concerned: {
        id: "Bila perubahan ini tidak benar, segera telepon atau datangi admin di tingkat atas instansi Anda dan sebutkan nomor permohonan di bawah. Jangan membalas email ini.",
        en: "If this change is wrong, call or visit the administrator of the level above your agency at once and give the number below. Do not reply to this email.",
      },
      others: {
        id: "Bila perubahan ini tidak benar, berhentikan petugas itu atau ubah kembali data instansinya, lalu hubungi admin nasional.",
        en: "If this change is wrong, dismiss the officer or change the agency back, then call a national administrator.",
      },
    },
  },
  refused: {
    subject,
    told: {
      concerned: {
        id: "Permohonan perubahan data Anda atau instansi Anda di SP4N-LAPOR! ditolak. Tidak ada yang berubah.",
        en: "The request to change your data or your agency's in SP4N-LAPOR! was refused. Nothing has changed.",
      },
      others: {
        id: "Permohonan ini ditolak. Tidak ada yang berubah. Alasannya dapat dibaca sesudah masuk.",
        en: "This request was refused. Nothing has changed. Sign in to read the reason.",
      },
    },
    todo: { concerned: nothingToDo, others: nothingToDo },
  },
  withdrawn: {
    subject,
    told: {
      concerned: {
        id: "Permohonan perubahan data Anda atau instansi Anda di SP4N-LAPOR! ditarik kembali oleh yang mengajukannya. Tidak ada yang berubah.",
        en: "The request to change your data or your agency's in SP4N-LAPOR! was withdrawn by whoever made it. Nothing has changed.",
      },
      others: {
        id: "Permohonan ini ditarik kembali oleh yang mengajukannya. Tidak ada yang berubah.",
        en: "This request was withdrawn by whoever made it. Nothing has changed.",
      },
    },
    todo: { concerned: nothingToDo, others: nothingToDo },
  },
};
