import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { matchRoute } from "../../infra/local/gateway/http-event.ts";
import { capacityDocument } from "../capacity/document.ts";
import { documentFile, knownPrices, storedMeasurement } from "../capacity/files.ts";
import { callsOfMonth, inventoryOf } from "../capacity/model/inventory.ts";
import { rushesOf } from "../capacity/model/scenarios.ts";
import { storedLoad } from "../load/measured.ts";
import { dev, ofType, only, prod } from "./synthesised.ts";

const stages = { dev: inventoryOf("dev", dev), prod: inventoryOf("prod", prod) };

describe("docs/capacity.md", () => {
  test("the document follows from what was measured, the templates and the prices: npm run capacity -- --stored writes it anew", async () => {
    expect(readFileSync(documentFile, "utf8")).toBe(
      await capacityDocument(storedMeasurement(), stages, knownPrices(), storedLoad()),
    );
  });

  test("production has a price for every alarm, key, dashboard and rule", () => {
    const { alarms, keys, dashboards, firewallRules, watchedMetrics } = stages.prod;
    expect({ alarms, keys, dashboards, firewallRules }).toMatchObject({
      keys: 7,
      dashboards: 2,
      firewallRules: 2,
    });
    // An alarm on an expression pays for each metric in it.
    expect(watchedMetrics).toBeGreaterThan(alarms);
  });

  test("a schedule calls as often in a month as its expression says", () => {
    expect(
      ["rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "cron(0 8 * * ? *)"].map(callsOfMonth),
    ).toEqual([43_800, 8_760, 730, 30]);
  });
});

describe("a disaster of 60 reports a second about one city", () => {
  const [disaster] = rushesOf(storedMeasurement(), stages.prod);
  const used = (what: string) => {
    const need = disaster?.needs.find((one) => one.what.startsWith(what));
    if (!need) throw new Error(`Nobody knows what is needed of ${what}`);
    return need.needed / need.there;
  };

  test("no partition of a table is written or read above half of what it takes", () => {
    expect(used("Writes in the hottest partition")).toBeLessThan(0.5);
    expect(used("Reads in the hottest partition")).toBeLessThan(0.5);
  });

  test("every form of a report goes through the one route that reportThrottle bounds", () => {
    const routes = ofType(prod, "AWS::ApiGatewayV2::Route").map(({ properties }) =>
      String(properties.RouteKey),
    );
    const bounded = Object.keys(only(prod, "AWS::ApiGatewayV2::Stage").properties.RouteSettings);
    const forms = ["cerita", "tempat", "tujuan", "identitas", "periksa"].map(
      (step) => matchRoute(routes, "POST", `/lapor/${step}`)?.routeKey,
    );
    expect(new Set(forms)).toEqual(new Set(["POST /{proxy+}"]));
    expect(bounded).toContain("POST /{proxy+}");
  });

  test("the gateway lets every form and every request through, and public functions have room", () => {
    expect(used("Forms and reports through one route")).toBeLessThan(1);
    expect(used("Requests of all kinds")).toBeLessThan(1);
    expect(used("`public` functions")).toBeLessThan(1);
  });

  test("photos are looked at as fast as they come", () => {
    expect(used("Photos looked at a time")).toBeLessThan(1);
  });
});
