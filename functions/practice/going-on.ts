import type { FormValues } from "../../shared/http/page/form.ts";
import { valueOf } from "../../shared/http/page/form.ts";
import { seeOther } from "../../shared/http/page/route.ts";
import type { Visit } from "../../shared/http/page/visit.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { scenarioAddress } from "../../shared/page/practice/task-form.ts";
import { type NotGoingOn, type Practised, runOf } from "../../shared/practice/practice-flow.ts";
import type { Trainee } from "../../shared/practice/practice-store.ts";
import type { ScenarioId } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { knownFurther, type PracticeRoom, type Practiser, practiserOf } from "./trainee.ts";

/** Somebody in the middle of a scenario. */
export interface GoingOn extends Practised {
  practiser: Practiser;
  trainee: Trainee;
}

const whyBegin: Record<NotGoingOn, string> = { "not-begun": "habis", changed: "berubah" };

/** Has somebody go on with a scenario. Whoever has nothing to go on with is led to its beginning. */
export async function whileGoingOn(
  room: PracticeRoom,
  id: ScenarioId,
  visit: Visit,
  act: (on: GoingOn) => Promise<Reply>,
): Promise<Reply> {
  const practiser = await practiserOf(room, visit);
  const { trainee } = practiser;
  const found = await runOf(room, trainee, scenarios[id]);
  if (typeof found === "string" || !trainee)
    return knownFurther(
      seeOther(
        `${scenarioAddress(id)}?sebab=${whyBegin[typeof found === "string" ? found : "not-begun"]}`,
        visit.language,
      ),
      practiser,
    );
  return knownFurther(await act({ ...found, practiser, trainee }), practiser);
}

/** The version that a form was made of. One that names none was made of none. */
export const seenIn = (values: FormValues): number => {
  const version = valueOf(values, "versi");
  return /^\d{1,6}$/.test(version) ? Number(version) : 0;
};
