/** A markdown table whose columns line up in a terminal too; columns of numbers stand to the right. */
export function table(head: string[], rows: string[][]): string {
  const columns = head.map((title, column) => {
    const cells = rows.map((row) => row[column] ?? "");
    const width = Math.max(3, title.length, ...cells.map(({ length }) => length));
    const numeric = cells.every((cell) => /^[\d.,]+( to [\d.,]+)?$/.test(cell));
    const padded = (cell: string) => (numeric ? cell.padStart(width) : cell.padEnd(width));
    return [padded(title), numeric ? `${"-".repeat(width - 1)}:` : "-".repeat(width), ...cells.map(padded)];
  });
  return ["head", "rule", ...rows]
    .map((_, line) => `| ${columns.map((column) => column[line]).join(" | ")} |`)
    .join("\n");
}

/** The value below which this share (0 to 1) of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error("Nothing was measured.");
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
