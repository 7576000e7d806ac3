import { prod } from "../infra/synthesised.ts";
import { functionsIn, type Grant, grantsIn, reasonOf } from "./powers.ts";

const row = (...cells: string[]): string => `| ${cells.join(" | ")} |`;

/** "data/Cases.Arn/index/by-feed" is "data/Cases, index by-feed". */
const onWhat = (resource: string): string =>
  resource
    .replace(/^arn:.*:(?=identity|configuration-set)/, "")
    .replace(/\.StreamArn$/, ", its stream")
    .replace(/\.Arn\/index\//, ", index ")
    .replace(/\.Arn\//, ", ")
    .replace(/\.Arn$/, "");

const onlyWhere = ({ condition = {} }: Grant): string =>
  Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        operator === "Null" ? `${key} is named` : `${key}: ${[values].flat().join(", ")}`,
      ),
    )
    .join("; ");

const isForAll = ({ action }: Grant): boolean => /^(logs|xray):/.test(action);

function tableOf(grants: Grant[]): string[] {
  const rows = new Map<string, { grant: Grant; actions: string[] }>();
  for (const grant of grants) {
    const same = JSON.stringify([grant.resource, grant.condition, reasonOf(grant)]);
    const found = rows.get(same) ?? { grant, actions: [] };
    rows.set(same, { grant, actions: [...new Set([...found.actions, grant.action])] });
  }
  return [
    row("on", "may", "only where", "shown by"),
    row("---", "---", "---", "---"),
    ...[...rows.values()]
      .map(({ grant, actions }) =>
        row(
          onWhat(grant.resource),
          actions.sort().join(", "),
          onlyWhere(grant),
          reasonOf(grant) ?? "calls in tests",
        ),
      )
      .sort(),
  ];
}

/** What the role of each function of production allows, as docs/powers.md tells it. */
export function powersDocument(): string {
  const grants = grantsIn(prod);
  return [
    "# What functions may do",
    "",
    "Printed from the templates of production by `npm run powers`. A function may do what stands here, and nothing else. Each may also",
    "write to its own log, and send its traces to X-Ray. Tests of the running system (`test/e2e`, `test/pages`) note each call",
    "that a function makes. `test/privileges` refuses a call that the role does not allow, and a right that no call needs and no reason",
    "explains.",
    "",
    ...functionsIn(prod).flatMap((who) => {
      const own = grants.filter((grant) => grant.who === who && !isForAll(grant));
      return own.length === 0 ? [] : [`## ${who}`, "", ...tableOf(own), ""];
    }),
  ]
    .join("\n")
    .replaceAll("*", "\\*");
}
