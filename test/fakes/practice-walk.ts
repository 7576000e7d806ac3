import { type DefaultTreeAdapterMap, parse } from "parse5";
import { moveAddresses } from "../../shared/page/officer/move-addresses.ts";
import { rulebookOf } from "../../shared/practice/rulebook.ts";
import { type PracticeState, stateOfRun } from "../../shared/practice/run.ts";
import { type ScenarioId, scenarioIds } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { anOffice } from "./office.ts";
import { rightStep } from "./practice.ts";
import { staff } from "./staff.ts";

type Node = DefaultTreeAdapterMap["node"];

const blocks = new Set("p li h1 h2 h3 dt dd legend label summary th td button".split(" "));

const textOf = (node: Node): string =>
  "value" in node ? String(node.value) : "childNodes" in node ? node.childNodes.map(textOf).join(" ") : "";

/** The blocks of text that stand open on a page, without its bars. Of what is folded only the title stands open. */
function openTexts(node: Node, isMain = false, isFolded = false): string[] {
  const tag = "tagName" in node ? node.tagName : "";
  if (isMain && blocks.has(tag) && (!isFolded || tag === "summary")) return [textOf(node)];
  const folded = isFolded || tag === "details";
  return "childNodes" in node
    ? node.childNodes.flatMap((one) => openTexts(one, isMain || tag === "main", folded))
    : [];
}

/** What it takes to practise a scenario without a wrong step. */
interface Effort {
  scenario: ScenarioId;
  clicks: number;
  /** Requests for pages, and those that forms send. */
  requests: number;
  /** Words to read, each text once. */
  words: number;
}

/** So many words a minute are read. */
const pace = 200;

/** An estimate: the time to read what stands open. Thinking, typing and what is folded are not in it. */
export const readingMinutes = ({ words }: Pick<Effort, "words">): number => words / pace;

async function effortOf(id: ScenarioId): Promise<Effort> {
  const office = anOffice("2026-11-27T09:00:00+08:00");
  const browser = await office.browserOf("worker");
  const read = new Set<string>();
  let clicks = 0;
  let requests = 0;
  const open = async (address: string): Promise<void> => {
    requests++;
    const answer = await browser.get(address);
    if (answer.status === 303) return open(String(answer.headers.location));
    if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}`);
    for (const text of openTexts(parse(String(answer.body)))) read.add(text.replace(/\s+/g, " ").trim());
  };
  const send = async (address: string, form: Record<string, string>) => {
    clicks++;
    requests++;
    const { status, headers } = await browser.send(address, form);
    if (status !== 303) throw new Error(`${address} answers ${status}`);
    await open(String(headers.location));
  };
  const standing = async (): Promise<{ state: PracticeState; versi: string }> => {
    const found = await office.practice.run({ subject: staff.worker.subject }, id, office.now());
    if (!found || !("run" in found)) throw new Error("There is no run");
    const { run } = found;
    const state = stateOfRun(run, scenarios[id], rulebookOf(await office.practice.rules()));
    return { state, versi: String(run.version) };
  };

  const at = `/latihan/${id}`;
  await open(at);
  await send(at, {});
  for (let { state, versi } = await standing(); state.task; { state, versi } = await standing()) {
    const step = rightStep(state);
    const sent = (room: string, form: Record<string, string>) => send(`${at}/${room}`, { versi, ...form });
    switch (step.kind) {
      case "move": {
        const room = `langkah/${moveAddresses[step.move]}`;
        clicks++;
        await open(`${at}/${room}`);
        const form = Object.entries(step.body).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        if (step.move === "verify") form.push(["class", state.file.case.class]);
        await sent(room, Object.fromEntries(form));
        break;
      }
      case "due":
        await sent("langkah", { date: step.date ?? "" });
        break;
      case "choice":
        await sent("langkah", { option: step.option });
        break;
      case "days":
        await sent("hari", { days: String(step.days) });
        break;
    }
  }
  const words = [...read].reduce(
    (sum, text) => sum + text.split(/\s+/).filter((word) => /\w/.test(word)).length,
    0,
  );
  return { scenario: id, clicks, requests, words };
}

/** What each scenario takes, in their order. */
export async function effortsOfPractice(): Promise<Effort[]> {
  const efforts: Effort[] = [];
  for (const id of scenarioIds) efforts.push(await effortOf(id));
  return efforts;
}
