import { defineConfig } from "vitest/config";

/** What a Lambda's module needs to be imported; tests pass their own stores to the code itself. */
const env = {
  AWS_REGION: "ap-southeast-3",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  CASES_TABLE: "cases",
  REPORTERS_TABLE: "reporters",
  DIRECTORY_TABLE: "directory",
  NOTIFICATIONS_TABLE: "notifications",
  ANCHORS_BUCKET: "anchors",
  ATTACHMENTS_BUCKET: "attachments",
  ATTACHMENT_LIMITS: JSON.stringify({ files: 10, megabytes: 25, megapixels: 50 }),
  ATTACHMENTS_QUEUE_URL: "http://127.0.0.1:9/attachments",
  MALWARE_SCAN: "eicar",
  CHECKS_QUEUE_URL: "http://127.0.0.1:9/checks",
  SWEEPS_QUEUE_URL: "http://127.0.0.1:9/sweeps",
  RECOUNTS_QUEUE_URL: "http://127.0.0.1:9/recounts",
  EMAILS_QUEUE_URL: "http://127.0.0.1:9/emails",
  SENDER_ADDRESS: "lapor@dev.sp4n-lapor.example",
  CONFIGURATION_SET: "mail",
  VERIFYING_AGENCY: "kemenpanrb",
  POWERTOOLS_LOG_LEVEL: "SILENT",
  POWERTOOLS_METRICS_DISABLED: "true",
};

const project = (name: string, timeout: number, more: object = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    env,
    testTimeout: timeout,
    hookTimeout: timeout,
    ...more,
  },
});

export default defineConfig({
  test: {
    reporters: ["default", "./test/closing-line.ts"],
    projects: [
      project("unit", 20_000),
      project("integration", 60_000),
      project("infra", 120_000),
      project("e2e", 120_000, { fileParallelism: false }),
      project("deploy", 600_000),
    ],
  },
});
