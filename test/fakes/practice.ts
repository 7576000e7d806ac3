import { clockAsked, type PracticeState, type Step } from "../../shared/practice/run.ts";
import type { PractisedMove } from "../../shared/practice/scenario.ts";

/** Where the right step of a scenario hands its case to. */
const targets: Record<string, string[]> = {
  "salah-instansi": ["latihan-dinas-pu-provinsi"],
  "data-kurang": ["latihan-dinas-pu"],
  "laporan-rahasia": ["latihan-smp"],
  "nilai-rendah": ["latihan-uptd-jalan"],
  banding: ["latihan-dinas-pu"],
  "permohonan-informasi": ["latihan-sekretariat"],
  "laporan-ganda": ["latihan-dinas-pu"],
  ombudsman: ["latihan-kota"],
};

/** What a careful trainee fills in. */
export function rightBodies(move: PractisedMove, { scenario }: PracticeState): Record<string, unknown> {
  const [agencyId = "latihan-dinas-pu"] = targets[scenario.id] ?? [];
  // The city's own units are all that the trainee at the city can name.
  const within = scenario.id === "salah-instansi" && move === "verify" ? "latihan-dinas-pu" : agencyId;
  const bodies: Record<PractisedMove, Record<string, unknown>> = {
    verify: { agencyId: within, ...(scenario.id === "permohonan-informasi" && { formal: true }) },
    assign: { agencyId, note: "Mohon ditinjau." },
    return: { reason: "Ruas itu jalan provinsi, jadi kewenangan Dinas PU provinsi." },
    ask: { text: "Di jalan mana tepatnya, dan pada hari apa?" },
    progress: { text: "Kami memeriksa laporan ini di lapangan besok pagi." },
    answer: { text: "Kami sudah memeriksa dan menyelesaikan masalah ini pada hari Senin." },
    extend: { text: "Dokumen masih dikumpulkan dari tiga dinas." },
    archive: { reason: "not-public-service", text: "Bukan layanan publik." },
    join: { trackingNumber: scenario.other?.trackingNumber ?? "7K3MQ-P4X9C" },
    refer: { text: "Batas penyelesaian lewat, dan pelapor setuju." },
    "open-identity": { reason: "Ingin menghubungi pelapor." },
  };
  return bodies[move];
}

/** The right step at the task at hand. */
export function rightStep(state: PracticeState): Step {
  const { task, file } = state;
  switch (task?.kind) {
    case "move":
      return { kind: "move", move: task.right, body: rightBodies(task.right, state) };
    case "due":
      return { kind: "due", date: clockAsked(file, task.clock)?.due };
    case "choice":
      return { kind: "choice", option: task.options.find(({ right }) => right)?.id ?? "" };
    case "wait":
      return { kind: "days", days: 5 };
    default:
      throw new Error("There is no task at hand");
  }
}
