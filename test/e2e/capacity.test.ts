import { expect, test } from "vitest";
import { storedMeasurement } from "../capacity/files.ts";
import { measureBusy } from "../capacity/measure/measure.ts";
import { repeatable } from "../capacity/model/measurement.ts";

test("the life of a report asks for as many units and requests as docs/capacity.json says: npm run capacity measures anew", async () => {
  expect(repeatable(await measureBusy())).toEqual(repeatable(storedMeasurement().busy));
}, 240_000);
