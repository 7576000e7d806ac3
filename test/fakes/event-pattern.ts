export type Pattern = Readonly<Record<string, unknown>>;

/** All values of a field, also where its holder is one of a list: so EventBridge looks into lists. */
export const valuesAt = (holder: unknown, field: string): unknown[] =>
  [holder].flat().flatMap((one) => {
    const value = typeof one === "object" && one !== null ? (one as Pattern)[field] : undefined;
    return value === undefined ? [] : [value].flat();
  });

const asPattern = (wildcard: string): RegExp =>
  new RegExp(
    `^${wildcard
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  );

/** Whether one of the values passes a rule of EventBridge, of the kinds that our patterns use. */
function passes(values: readonly unknown[], rule: unknown): boolean {
  if (typeof rule !== "object" || rule === null) return values.includes(rule);
  const [[kind, operand]] = Object.entries(rule) as [[string, unknown]];
  if (kind === "exists") return values.length > 0 === operand;
  if (kind === "wildcard")
    return values.some((value) => typeof value === "string" && asPattern(String(operand)).test(value));
  if (kind === "prefix")
    return values.some((value) => typeof value === "string" && value.startsWith(String(operand)));
  if (kind === "anything-but") return values.some((value) => ![operand].flat().includes(value));
  throw new Error(`This event bus knows no ${kind}`);
}

/** Whether an event matches a pattern of EventBridge. */
export const matchesPattern = (event: unknown, pattern: Pattern): boolean =>
  Object.entries(pattern).every(([field, wanted]) => {
    if (field === "$or") return (wanted as Pattern[]).some((one) => matchesPattern(event, one));
    const values = valuesAt(event, field);
    if (Array.isArray(wanted)) return wanted.some((rule) => passes(values, rule));
    // A field below one that is not there is not there either, which `exists` may ask for.
    return (values.length > 0 ? values : [{}]).some((value) => matchesPattern(value, wanted as Pattern));
  });
