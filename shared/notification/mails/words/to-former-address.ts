import type { CaseEvent } from "../../../case/history.ts";
import type { ToldTo } from "../../recipients/audience.ts";
import { type Notice, said } from "./notice.ts";

const notYou = said(
  "Bila bukan Anda yang melakukannya, orang lain mengetahui tanda terima Anda: buka laporan itu dengan tanda terima tersebut, segera ganti, dan sampaikan kepada instansi yang menangani laporan ini.",
  "If that was not you, somebody else knows your receipt: open the report with it, replace it at once, and tell the agency that has the report.",
);

/** The last mail to an address that the event removes from the reporter's data. */
export const toFormerAddress: Partial<Record<CaseEvent["type"], Notice>> = {
  "contact-corrected": {
    subject: { id: "Alamat email ini tidak dipakai lagi", en: "This address is not used any more" },
    told: said(
      "Pemegang tanda terima laporan ini mengganti atau menghapus alamat emailnya. Email tentang laporan ini tidak lagi dikirim ke alamat ini.",
      "The holder of this report's receipt replaced or removed their email address. Emails about it do not come to this address any more.",
    ),
    todo: notYou,
  },
  "identity-deleted": {
    subject: { id: "Identitas pada laporan ini dihapus", en: "The identity on this report was deleted" },
    told: said(
      "Pemegang tanda terima laporan ini meminta identitasnya dihapus, dan itu sudah dilakukan. Laporannya tetap ada. Email tentang laporan ini tidak lagi dikirim ke alamat ini.",
      "The holder of this report's receipt had their identity deleted. The report itself stays. Mails about it do not come to this address any more.",
    ),
    todo: notYou,
  },
} satisfies Record<ToldTo<"formerAddress">, Notice>;
