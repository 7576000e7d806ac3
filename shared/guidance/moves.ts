import type { Move } from "../case/moves/table.ts";
import type { Certainty, Ground, Guidance } from "./guidance.ts";

const ground = (certainty: Certainty, id: string, en: string): Ground => ({ certainty, text: { id, en } });

const publishedSteps = ground(
  "found",
  "Langkah-langkah LAPOR! yang dipublikasikan",
  "The published steps of LAPOR!",
);
const noWrongDoor = ground(
  "found",
  "Asas no wrong door policy: laporan yang salah alamat tetap diteruskan (paparan KemenPANRB)",
  "The principle of no wrong door: a report at the wrong address is passed on (slides of KemenPANRB)",
);
const adminActions = (id: string, en: string) =>
  ground("found", `Langkah admin dalam LAPOR! versi 3: ${id}`, `Actions of LAPOR! version 3: ${en}`);
const completingFile = ground(
  "from-memory",
  "UU 25/2009: pelapor melengkapi berkas dalam 30 hari",
  "UU 25/2009: the reporter completes the file within 30 days",
);
const personalData = ground(
  "found",
  "UU 27/2022 melindungi data pribadi",
  "UU 27/2022 protects personal data",
);
const confidentiality = ground(
  "found",
  "Perpres 76/2013: pelapor dirahasiakan, dan pembalasan dilarang",
  "Perpres 76/2013: who complains is kept confidential, and retaliation is forbidden",
);
const ownRule = (id: string, en: string) => ground("own-choice", id, en);

const fixObjection = ownRule(
  "Keberatan diputuskan tingkat di atas yang mengarsipkan",
  "The level above whoever archived decides on an objection",
);

const guided = {
  verify: {
    what: {
      id: "Baca seluruh laporan. Tetapkan jenis dan kategorinya, rapikan judulnya, lalu pilih instansi yang berwenang. Centang berkadar pengawasan hanya bila pengaduan perlu pemeriksaan.",
      en: "Read the whole report. Set its class and category, tidy its title and choose the agency in charge. Tick supervised only where a complaint needs an examination.",
    },
    byWhen: {
      clock: "verification",
      text: {
        id: "Sebelum batas verifikasi lewat. Batas penyelesaian mulai dihitung sesudah langkah ini.",
        en: "Before the limit of verification passes. The limit of completion begins with this move.",
      },
    },
    grounds: [
      publishedSteps,
      adminActions(
        "verifikasi, judul, klasifikasi, dan kategori oleh admin",
        "an administrator verifies and sets title, class and category",
      ),
    ],
    good: {
      id: "Judul “TOLONG!!!” menjadi “Lampu jalan mati di Jalan Mawar sejak 3 November”. Kategori: penerangan jalan.",
      en: "The title “HELP!!!” becomes “Street lamps are out in Jalan Mawar since 3 November”. Category: street lighting.",
    },
    bad: {
      id: "Nama pelapor ditulis dalam judul. Judul dibaca publik.",
      en: "The name of the reporter stands in the title. The public reads titles.",
    },
    writes: { event: "verified", field: "title" },
  },
  assign: {
    what: {
      id: "Serahkan laporan kepada instansi atau unit yang dapat menyelesaikannya. Tulis dalam catatan apa yang Anda harapkan dari unit itu.",
      en: "Hand the report to the agency or unit that can solve it. Say in the note what you expect of that unit.",
    },
    byWhen: {
      clock: "response",
      text: {
        id: "Pada hari laporan sampai kepada Anda. Batas tanggapan awal terus berjalan di unit penerima.",
        en: "On the day on which the report reaches you. The limit of the first response goes on in the unit.",
      },
    },
    grounds: [publishedSteps, noWrongDoor],
    good: {
      id: "“Kepada Bidang Bina Marga: mohon periksa lubang di depan pasar, dan catat perkembangan paling lambat Rabu.”",
      en: "“To the roads division: please look at the hole in front of the market, and note progress by Wednesday.”",
    },
    bad: {
      id: "Laporan diteruskan tanpa catatan ke unit yang bulan lalu mengembalikan laporan serupa.",
      en: "The report goes without a note to the unit that returned a similar one last month.",
    },
    writes: { event: "assigned", field: "note" },
  },
  return: {
    what: {
      id: "Kembalikan bila instansi Anda tidak berwenang. Sebut instansi yang menurut Anda berwenang, dan alasannya. Pengembalian ketiga diputuskan admin nasional.",
      en: "Return the report if your agency is not in charge. Name the agency that is, and why. The third return is decided by the national administrator.",
    },
    byWhen: {
      clock: "response",
      text: {
        id: "Pada hari Anda mengetahuinya. Batas penyelesaian terus berjalan, jadi pelapor ikut menunggu.",
        en: "On the day on which you notice it. The limit of completion goes on, so the reporter waits too.",
      },
    },
    grounds: [
      adminActions("“Bukan Wewenang”", "“Bukan Wewenang” (not in charge)"),
      ownRule(
        "Pengembalian ketiga menjadi keputusan admin nasional",
        "The third return is for the national administrator to decide",
      ),
    ],
    good: {
      id: "“Jalan ini jalan provinsi. Yang berwenang Dinas PUPR Provinsi, menurut daftar ruas jalan tahun 2025.”",
      en: "“This is a road of the province. Its department of public works is in charge, by the list of roads of 2025.”",
    },
    bad: { id: "“Bukan tugas kami.”", en: "“Not our job.”" },
    writes: { event: "returned", field: "reason" },
  },
  ask: {
    what: {
      id: "Tanyakan hanya yang benar-benar Anda perlukan, semuanya sekaligus. Hitungan instansi berhenti sampai pelapor menjawab.",
      en: "Ask only for what you really need, and all of it at once. The clocks of the agency stop until the reporter replies.",
    },
    byWhen: {
      clock: "completing-file",
      text: {
        id: "Pada hari Anda membaca laporan. Sesudah bertanya, pelapor punya waktu sendiri untuk melengkapi. Bila batas itu lewat, laporan dianggap dicabut.",
        en: "On the day on which you read the report. The reporter then has a time of their own to complete it. Once that has passed, the report counts as withdrawn.",
      },
    },
    grounds: [completingFile, adminActions("“Tunda”", "“Tunda” (postpone)")],
    good: {
      id: "“Di RT berapa lampu itu mati, dan sejak tanggal berapa? Satu foto tiang dengan nomornya sangat membantu.”",
      en: "“In which RT are the lamps out, and since which date? One photo of a pole with its number helps much.”",
    },
    bad: {
      id: "“Mohon lengkapi data.” Pelapor tidak tahu data apa, dan meminta NIK tanpa perlu melanggar kepercayaannya.",
      en: "“Please complete the data.” The reporter does not know which, and to ask for a NIK without need breaks trust.",
    },
    writes: { event: "asked", field: "text" },
  },
  "withdraw-question": {
    what: {
      id: "Tarik pertanyaan yang salah, berlebihan, atau sudah Anda temukan jawabannya. Hitungan instansi berjalan lagi.",
      en: "Take back a question that is wrong, too much, or answered already. The clocks of the agency go on.",
    },
    byWhen: {
      text: {
        id: "Begitu Anda tahu. Pelapor tidak perlu bekerja sia-sia.",
        en: "As soon as you know. The reporter need not work for nothing.",
      },
    },
    grounds: [
      ownRule(
        "Pertanyaan dapat ditarik selama pelapor belum menjawab",
        "A question can be taken back until the reporter has replied",
      ),
    ],
    good: {
      id: "“Lokasi sudah kami temukan dari foto Anda. Anda tidak perlu menjawab lagi.”",
      en: "“We found the place on your photo. You need not reply any more.”",
    },
    bad: {
      id: "Pertanyaan ditarik, lalu pertanyaan yang sama dikirim lagi supaya batas waktu bergeser.",
      en: "The question is taken back and asked again, so that the limit moves.",
    },
    writes: { event: "question-withdrawn", field: "reason" },
  },
  progress: {
    what: {
      id: "Catat apa yang sudah dikerjakan dan apa yang menyusul, dengan tanggal. Catatan pertama menghentikan hitungan tanggapan awal.",
      en: "Say what has been done and what follows, with dates. The first such note stops the clock of the first response.",
    },
    byWhen: {
      clock: "response",
      text: {
        id: "Yang pertama sebelum batas tanggapan awal lewat. Sesudah itu setiap ada perubahan.",
        en: "The first one before the limit of the first response passes. After that whenever something changes.",
      },
    },
    grounds: [publishedSteps],
    good: {
      id: "“Petugas memeriksa lokasi pada Senin, 23 November. Aspal dijadwalkan Kamis, 3 Desember.”",
      en: "“An officer saw the place on Monday, 23 November. The asphalt is planned for Thursday, 3 December.”",
    },
    bad: {
      id: "“Sedang ditindaklanjuti.” Tidak ada yang dapat diperiksa pelapor.",
      en: "“Being followed up.” There is nothing that the reporter could check.",
    },
    writes: { event: "progressed", field: "text" },
  },
  note: {
    what: {
      id: "Simpan yang perlu diketahui rekan petugas. Tulis seolah pelapor kelak membacanya: catatan tetap bagian dari riwayat.",
      en: "Keep what other officers need to know. Write as if the reporter read it one day: notes stay part of the history.",
    },
    byWhen: {
      text: {
        id: "Kapan saja. Catatan internal tidak menghentikan hitungan apa pun.",
        en: "At any time. An internal note stops no clock.",
      },
    },
    grounds: [
      ownRule(
        "Catatan internal bukan tindak lanjut dan tidak dibaca pelapor",
        "An internal note is no follow-up, and the reporter does not read it",
      ),
    ],
    good: {
      id: "“Sudah bicara dengan Bidang Drainase. Mereka kirim foto paling lambat Jumat.”",
      en: "“Spoke with the drainage division. They send photos by Friday.”",
    },
    bad: {
      id: "Dugaan tentang siapa pelapornya. Menebak pelapor anonim dilarang.",
      en: "A guess at who the reporter is. Nobody may guess at an anonymous reporter.",
    },
    writes: { event: "noted", field: "text" },
  },
  answer: {
    what: {
      id: "Jawab setiap hal yang dilaporkan: apa yang dilakukan, kapan, dan buktinya. Bila belum beres, katakan apa yang masih menyusul.",
      en: "Answer each thing that was reported: what was done, when, and with what evidence. If it is not solved, say what is still to come.",
    },
    byWhen: {
      clock: "completion",
      text: {
        id: "Sebelum batas penyelesaian lewat. Sesudah itu pelapor punya waktu untuk membantah atau menilai.",
        en: "Before the limit of completion passes. The reporter then has time to dispute or rate the answer.",
      },
    },
    grounds: [
      publishedSteps,
      ownRule(
        "Jawaban tentang benda yang dapat dilihat disertai bukti",
        "An answer about a thing that can be seen comes with evidence",
      ),
    ],
    good: {
      id: "“Lubang di depan pasar ditambal pada 3 Desember. Foto sebelum dan sesudah terlampir. Saluran di sampingnya diperbaiki paling lambat 18 Desember.”",
      en: "“The hole in front of the market was filled on 3 December. Photos before and after are attached. The drain beside it is repaired by 18 December.”",
    },
    bad: {
      id: "“Terima kasih atas laporannya, akan kami koordinasikan.” Ini bukan jawaban; nilai rendah membuka laporan lagi.",
      en: "“Thank you for your report, we will coordinate.” That is no answer, and a low rating reopens the case.",
    },
    writes: { event: "answered", field: "text" },
  },
  "correct-answer": {
    what: {
      id: "Ganti jawaban yang keliru dengan yang benar. Semua orang membaca bahwa jawaban diralat; petugas dan Ombudsman membaca keduanya.",
      en: "Put the right answer in place of a wrong one. Everybody reads that it was corrected; officers and the Ombudsman read both.",
    },
    byWhen: {
      clock: "reply",
      text: {
        id: "Begitu Anda tahu. Masa tanggapan pelapor dihitung lagi dari awal.",
        en: "As soon as you know. The reporter's time to reply begins anew.",
      },
    },
    grounds: [
      ownRule(
        "Ralat terbuka: jawaban lama tidak hilang dari riwayat",
        "Corrections are open: the old answer stays in the history",
      ),
    ],
    good: {
      id: "Alasan: “Tanggal penambalan keliru. Yang benar 4 Desember, bukan 3 Desember.”",
      en: "Reason: “The date of the repair was wrong. It is 4 December, not 3 December.”",
    },
    bad: {
      id: "Ralat dipakai untuk menghapus janji yang belum ditepati.",
      en: "A correction serves to remove a promise that was not kept.",
    },
    writes: { event: "answer-corrected", field: "reason", correctsAnswer: true },
  },
  withhold: {
    what: {
      id: "Tutup kata-kata petugas yang seharusnya tidak dibaca publik, misalnya nama orang. Tulisan pelapor diubah oleh pelapor sendiri.",
      en: "Withhold words of an officer that the public should not read, such as a person's name. What the reporter wrote is theirs to change.",
    },
    byWhen: {
      text: {
        id: "Segera. Setiap menit ada orang yang dapat membaca dan menyalinnya.",
        en: "At once. People can read and copy it every minute.",
      },
    },
    grounds: [
      personalData,
      ownRule(
        "Petugas dan Ombudsman tetap membaca kata-kata itu",
        "Officers and the Ombudsman still read the words",
      ),
    ],
    good: {
      id: "Kata yang ditutup: “Bapak Contoh, RT 5”. Alasan: “Nama warga tertulis dalam jawaban kami.”",
      en: "Words withheld: “Mr Example, RT 5”. Reason: “Our answer named a resident.”",
    },
    bad: {
      id: "Alasan mengulang nama itu. Pelapor membaca alasannya.",
      en: "The reason repeats the name. The reporter reads the reason.",
    },
    writes: { event: "withheld", field: "reason" },
  },
  extend: {
    what: {
      id: "Hanya untuk permohonan informasi publik resmi, dan hanya sekali. Jelaskan mengapa perlu lebih lama, dan kapan informasi diberikan.",
      en: "Only for a formal request for public information, and only once. Say why it takes longer, and when the information comes.",
    },
    byWhen: {
      clock: "completion",
      only: "formal",
      text: {
        id: "Sebelum batas penyelesaian lewat. Sesudahnya tidak dapat diperpanjang lagi.",
        en: "Before the limit of completion passes. After that it can no longer be extended.",
      },
    },
    grounds: [
      ground(
        "found",
        "UU 14/2008 pasal 22: perpanjangan 7 hari kerja dengan alasan tertulis",
        "UU 14/2008 article 22: 7 more working days with a written reason",
      ),
    ],
    good: {
      id: "“Dokumen tersimpan di tiga unit dan sedang dikumpulkan. Salinannya kami kirim paling lambat 18 Desember.”",
      en: "“The documents lie in three units and are being gathered. You get the copies by 18 December.”",
    },
    bad: { id: "“Petugas sedang cuti.”", en: "“The officer is on leave.”" },
    writes: { event: "extended", field: "text" },
  },
  archive: {
    what: {
      id: "Keluarkan laporan dari pekerjaan dengan salah satu alasan yang tersedia. Jelaskan kepada pelapor ke mana ia dapat pergi.",
      en: "Take the report out of work for one of the reasons on the list. Tell the reporter where they can go instead.",
    },
    byWhen: {
      clock: "verification",
      text: {
        id: "Sebelum batas verifikasi lewat. Pelapor kemudian dapat mengajukan keberatan satu kali.",
        en: "Before the limit of verification passes. The reporter can then object once.",
      },
    },
    grounds: [
      adminActions(
        "“Arsipkan”, dengan alasan format salah, terlalu luas, atau tidak terkait kinerja pemerintah",
        "“Arsipkan” (archive), where the format is wrong, it is too general, or it is not about the work of government",
      ),
      ownRule("Daftar alasan yang tersedia di sini", "The list of reasons that there is here"),
    ],
    good: {
      id: "“Utang piutang antara dua orang diputus pengadilan. Pos bantuan hukum di pengadilan negeri dapat menolong Anda tanpa biaya.”",
      en: "“A debt between two people is for a court. The legal aid desk of the district court can help you free of charge.”",
    },
    bad: {
      id: "Laporan diarsipkan karena batas waktunya hampir lewat.",
      en: "The report is archived because its limit is about to pass.",
    },
    writes: { event: "archived", field: "text" },
  },
  join: {
    what: {
      id: "Gabungkan bila dua laporan benar-benar tentang hal yang sama: tempat, waktu, dan masalahnya. Laporan ini lalu mengikuti laporan pertama.",
      en: "Join two reports that are really about the same thing: place, time and problem. This one then follows the first.",
    },
    byWhen: {
      clock: "verification",
      text: {
        id: "Sebelum batas verifikasi lewat. Hitungan laporan ini berakhir; yang berlaku hitungan laporan pertama.",
        en: "Before the limit of verification passes. The clocks of this report end; those of the first one count.",
      },
    },
    grounds: [
      ground(
        "found",
        "LAPOR! versi 3.3 mencegah laporan berulang (uraian tentang LAPOR!)",
        "LAPOR! version 3.3 prevents repeated reports (description of LAPOR!)",
      ),
      ownRule("Pelapor dapat memisahkannya kembali", "The reporter can separate it again"),
    ],
    good: {
      id: "Dua foto menunjukkan lubang yang sama, di titik yang sama, dalam minggu yang sama.",
      en: "Two photos show the same hole, at the same spot, in the same week.",
    },
    bad: {
      id: "Dua keluhan tentang air keruh dari dua kecamatan digabung. Penyebabnya dapat berbeda.",
      en: "Two complaints about murky water from two districts are joined. Their causes may differ.",
    },
    writes: { event: "joined", field: "text" },
  },
  restore: {
    what: {
      id: "Kembalikan laporan dari arsip bila pengarsipannya keliru atau keberatan pelapor benar. Laporan kembali ke tempatnya semula.",
      en: "Take the report out of the archive if it was archived wrongly or the objection is right. It goes back to where it stood.",
    },
    byWhen: {
      clock: "objection-decision",
      text: {
        id: "Bila ada keberatan: sebelum batas keputusannya lewat. Hitungan instansi berjalan lagi.",
        en: "Where there is an objection: before the limit of its decision passes. The clocks of the agency go on.",
      },
    },
    grounds: [fixObjection],
    good: {
      id: "“Laporan ini tentang pelayanan loket, bukan sengketa pribadi. Kami kembalikan ke instansi yang berwenang.”",
      en: "“This report is about service at a counter, not a private dispute. It goes back to the agency in charge.”",
    },
    bad: {
      id: "Laporan dipulihkan tanpa alasan, sehingga unit tidak tahu apa yang harus dikerjakan.",
      en: "The report is restored without a reason, so the unit does not know what to do.",
    },
    writes: { event: "objection-granted", field: "text" },
  },
  uphold: {
    what: {
      id: "Tolak keberatan hanya bila alasan pengarsipan tetap benar. Jawab setiap dalil pelapor. Putusan ini final.",
      en: "Refuse the objection only if the reason of the archival still holds. Answer each point of the reporter. The decision is final.",
    },
    byWhen: {
      clock: "objection-decision",
      text: {
        id: "Sebelum batas keputusan atas keberatan lewat.",
        en: "Before the limit of the decision on the objection passes.",
      },
    },
    grounds: [fixObjection],
    good: {
      id: "“Kami membaca putusan yang Anda kirim. Perkara ini sedang di pengadilan, jadi kami tidak dapat memutusnya. Anda dapat menyampaikannya kepada Ombudsman.”",
      en: "“We read the ruling that you sent. The matter is before a court, so we cannot decide it. You can take it to the Ombudsman.”",
    },
    bad: {
      id: "Petugas yang mengarsipkan ikut memutus keberatannya sendiri.",
      en: "Whoever archived the report has a say in the objection to it.",
    },
    writes: { event: "upheld", field: "text" },
  },
  separate: {
    what: {
      id: "Pisahkan laporan yang ternyata bukan tentang hal yang sama. Laporan ini diverifikasi lagi dari awal.",
      en: "Take off a report that turns out not to be about the same thing. It is verified anew.",
    },
    byWhen: {
      clock: "verification",
      text: {
        id: "Begitu Anda tahu. Sesudah itu batas verifikasi dihitung lagi.",
        en: "As soon as you know. The limit of verification then begins again.",
      },
    },
    grounds: [
      ownRule(
        "Hanya pelapor dan admin nasional dapat memisahkan: hitungan dimulai lagi",
        "Only the reporter and the national administrator can separate: the clocks begin anew",
      ),
    ],
    good: {
      id: "“Laporan ini tentang lampu di Jalan Melati. Laporan yang diikuti tentang Jalan Mawar.”",
      en: "“This report is about the lamps in Jalan Melati. The one that it follows is about Jalan Mawar.”",
    },
    bad: {
      id: "Laporan dipisahkan supaya hitungannya mulai dari nol.",
      en: "A report is separated so that its clocks begin at zero.",
    },
    writes: { event: "separated", field: "text" },
  },
  refer: {
    what: {
      id: "Serahkan kepada Ombudsman bila pelapor setuju dan batas penyelesaian sudah lewat. Instansi tetap mengerjakan laporannya.",
      en: "Give the case to the Ombudsman if the reporter agrees and the limit of completion has passed. The agency goes on with it.",
    },
    byWhen: {
      clock: "completion",
      text: {
        id: "Sesudah batas penyelesaian lewat, dan sesudah pelapor setuju. Tidak sebelum keduanya.",
        en: "After the limit of completion has passed and the reporter has agreed. Not before both.",
      },
    },
    grounds: [
      ground(
        "one-secondary-source",
        "Berita: laporan yang 60 hari belum selesai diambil alih Ombudsman bila pelapor setuju",
        "A news item: the Ombudsman takes over a report that is unsolved after 60 days, if the reporter agrees",
      ),
      ground(
        "found",
        "UU 37/2008 pasal 24: pelapor lebih dahulu menyampaikan kepada instansi atau atasannya",
        "UU 37/2008 article 24: the reporter first turns to the agency or the level above it",
      ),
    ],
    good: {
      id: "“Batas 60 hari kerja lewat pada 20 November. Dua catatan perkembangan, belum ada jawaban. Pelapor setuju pada 24 November.”",
      en: "“The limit of 60 working days passed on 20 November. Two notes of progress, no answer yet. The reporter agreed on 24 November.”",
    },
    bad: {
      id: "Laporan sulit diserahkan lebih awal supaya hilang dari antrean.",
      en: "A hard case is given away early so that it leaves the queue.",
    },
    writes: { event: "referred", field: "text" },
  },
  "open-identity": {
    what: {
      id: "Buka hanya bila laporan tidak dapat diselesaikan tanpa tahu siapa pelapornya. Pelapor diberi tahu dan membaca alasan Anda.",
      en: "Open it only if the case cannot be solved without knowing who reported it. The reporter is told and reads your reason.",
    },
    byWhen: {
      text: {
        id: "Tidak ada batas waktu. Pelapor anonim harus setuju lebih dahulu.",
        en: "There is no limit. An anonymous reporter has to agree first.",
      },
    },
    grounds: [
      personalData,
      confidentiality,
      ownRule(
        "Setiap pembukaan dicatat dengan alasan dan diberitahukan",
        "Every opening is recorded with its reason, and told",
      ),
    ],
    good: {
      id: "“Pelapor meminta keterangan tertulis dikirim ke rumahnya. Kami memerlukan nama dan alamat untuk itu.”",
      en: "“The reporter asks to have a certificate sent home. We need a name and an address for that.”",
    },
    bad: { id: "“Ingin tahu.” Atau: karena atasan bertanya.", en: "“To know.” Or: because a superior asks." },
    writes: { event: "identity-opened", field: "reason" },
  },
  attach: {
    what: {
      id: "Lampirkan bukti: foto sebelum dan sesudah, atau dokumen yang diminta. Berkas diperiksa dulu, lalu menjadi bagian laporan.",
      en: "Attach evidence: photos before and after, or the document that was asked for. A file is inspected first and then part of the case.",
    },
    byWhen: {
      text: {
        id: "Sebelum Anda menjawab, supaya jawaban dapat menyebutnya.",
        en: "Before you answer, so that the answer can name it.",
      },
    },
    grounds: [
      ownRule(
        "Salinan foto dibersihkan dari tempat, waktu, dan kamera",
        "Copies of photos lose their place, time and camera",
      ),
    ],
    good: {
      id: "Dua foto dari sudut yang sama, tanpa wajah dan tanpa pelat nomor.",
      en: "Two photos from the same angle, without faces and number plates.",
    },
    bad: {
      id: "Tangkapan layar percakapan WhatsApp dengan nama dan nomor telepon warga.",
      en: "A screenshot of a WhatsApp chat with names and telephone numbers of residents.",
    },
    writes: { event: "attached" },
  },
  "remove-attachment": {
    what: {
      id: "Hapus berkas yang keliru dilampirkan instansi Anda, misalnya berkas dengan data orang lain. Tulis alasannya.",
      en: "Remove a file that your agency attached by mistake, such as one with data of somebody else. Give the reason.",
    },
    byWhen: {
      text: {
        id: "Segera sesudah Anda melihat kekeliruannya.",
        en: "As soon as you see the mistake.",
      },
    },
    grounds: [
      personalData,
      ownRule("Riwayat mencatat bahwa ada berkas yang dihapus", "The history says that a file was removed"),
    ],
    good: {
      id: "“Berkas memuat nomor telepon warga. Kami lampirkan lagi tanpa nomor itu.”",
      en: "“The file holds a resident's telephone number. We attach it again without.”",
    },
    bad: {
      id: "Bukti yang merugikan instansi dihapus.",
      en: "Evidence that speaks against the agency is removed.",
    },
    writes: { event: "attachment-removed", field: "reason" },
  },
  "open-original": {
    what: {
      id: "Buka berkas asli hanya bila salinannya tidak cukup, misalnya untuk memeriksa keasliannya. Pelapor membaca alasan Anda.",
      en: "Open an original only if the copy is not enough, such as to check that it is genuine. The reporter reads your reason.",
    },
    byWhen: {
      text: {
        id: "Tidak ada batas waktu. Bila laporan anonim, pelapor harus setuju lebih dahulu.",
        en: "There is no limit. Where the report is anonymous, its reporter has to agree first.",
      },
    },
    grounds: [
      personalData,
      confidentiality,
      ownRule(
        "Setiap pembukaan dicatat dengan alasan dan diberitahukan",
        "Every opening is recorded with its reason, and told",
      ),
    ],
    good: {
      id: "“Tanggal foto dipersoalkan. Kami memeriksa waktu pengambilan pada berkas aslinya.”",
      en: "“The date of the photo is in doubt. We check on the original when it was taken.”",
    },
    bad: {
      id: "Berkas asli dibuka untuk menemukan tempat tinggal pelapor.",
      en: "An original is opened to find out where the reporter lives.",
    },
    writes: { event: "original-opened", field: "reason" },
  },
} as const satisfies Partial<Record<Move, Guidance>>;

/** The moves that officers make. Each has its guidance. */
export type GuidedMove = keyof typeof guided;
export const guidedMoves = Object.keys(guided) as GuidedMove[];

/** What an officer is told beside each of their moves: the pages of moves, the guidance and the booklet print it. */
export const guidanceOf: Readonly<Record<GuidedMove, Guidance>> = guided;
