/** Imported first: the functions' own log would stand between the tables, and jobs read their settings as they load. */
Object.assign(process.env, {
  POWERTOOLS_LOG_LEVEL: "SILENT",
  POWERTOOLS_METRICS_DISABLED: "true",
  AWS_REGION: "ap-southeast-3",
  ...Object.fromEntries(
    ["CASES_TABLE", "DIRECTORY_TABLE", "CHECKS_QUEUE_URL", "SWEEPS_QUEUE_URL"].map((name) => [name, "bench"]),
  ),
});
