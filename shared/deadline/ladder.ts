import type { Text } from "../language.ts";

/** The ladder of alerts. Each stage says who is told, and how many working days before or after the due date. */
export const stages = [
  { stage: "due-in-3-days", offset: -3, to: "officer" },
  { stage: "due-tomorrow", offset: -1, to: "officer" },
  { stage: "due-today", offset: 0, to: "officer" },
  { stage: "overdue", offset: 1, to: "agency-head" },
  { stage: "long-overdue", offset: 5, to: "coordinator" },
] as const;
export type Stage = (typeof stages)[number]["stage"];
export const stageNames = stages.map(({ stage }) => stage) as [Stage, ...Stage[]];

export const stageText: Record<Stage, Text> = {
  "due-in-3-days": { id: "Jatuh tempo dalam 3 hari kerja", en: "Due in 3 working days" },
  "due-tomorrow": { id: "Jatuh tempo hari kerja berikutnya", en: "Due on the next working day" },
  "due-today": { id: "Jatuh tempo hari ini", en: "Due today" },
  overdue: { id: "Lewat batas waktu", en: "Overdue" },
  "long-overdue": { id: "Lewat batas waktu 5 hari kerja", en: "Overdue by 5 working days" },
};
