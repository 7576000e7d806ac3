import { readFileSync } from "node:fs";
import { type Measurement, measurement } from "./model/measurement.ts";
import { type PriceList, priceList } from "./model/prices.ts";

export const measurementFile = "docs/capacity.json";
export const documentFile = "docs/capacity.md";

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** What was measured last. */
export const storedMeasurement = (): Measurement => measurement.parse(read(measurementFile));

/** The prices, as somebody read them. */
export const knownPrices = (): PriceList => priceList.parse(read("docs/prices.json"));
