import type { Scenario, ScenarioId } from "./scenario.ts";
import { anonymousPhoto } from "./scenarios/anonymous-photo.ts";
import { appealed } from "./scenarios/appeal.ts";
import { duplicate } from "./scenarios/duplicate.ts";
import { formalRequest } from "./scenarios/formal-request.ts";
import { lowRating } from "./scenarios/low-rating.ts";
import { missingData } from "./scenarios/missing-data.ts";
import { pauseOverLebaran } from "./scenarios/pause-over-lebaran.ts";
import { ombudsman } from "./scenarios/referral.ts";
import { secretReport } from "./scenarios/secret-report.ts";
import { wrongAgency } from "./scenarios/wrong-agency.ts";

/** The scenarios by their names, in the order in which a newcomer takes them. */
export const scenarios: Readonly<Record<ScenarioId, Scenario>> = {
  "salah-instansi": wrongAgency,
  "data-kurang": missingData,
  "jeda-lebaran": pauseOverLebaran,
  "laporan-rahasia": secretReport,
  "anonim-berfoto": anonymousPhoto,
  "nilai-rendah": lowRating,
  banding: appealed,
  "permohonan-informasi": formalRequest,
  "laporan-ganda": duplicate,
  ombudsman,
};
