import { expect, test } from "vitest";
import { routes as administrationRoutes } from "../../functions/administration/routes.ts";
import { routes as identityRoutes } from "../../functions/identity/routes.ts";
import { routes as officerRoutes } from "../../functions/officer/routes.ts";
import { routes as practiceRoutes } from "../../functions/practice/routes.ts";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { routes as reporterRoutes } from "../../functions/reporter/routes.ts";
import { forgedRequestsTaken } from "./audience.ts";
import { openBrowser } from "./browser.ts";
import { sampleCase } from "./samples.ts";

/** Stands for all stores: the tables are only read here. */
const nothing = { frame: {}, evidence: {} } as never;

/** Every POST of a page. Programs call what is below /v1/ and bring no cookies. */
const posts = [
  ...publicRoutes(nothing),
  ...reporterRoutes(nothing),
  ...identityRoutes(nothing),
  ...officerRoutes(nothing),
  ...practiceRoutes(nothing),
  ...administrationRoutes(nothing, nothing),
].filter(({ method, path }) => method === "POST" && !/^\/(v1|open311)\//.test(path));

const ground = openBrowser();

test("Every form of every page is refused when it comes from another site or does not say from where", async () => {
  const { site } = ground;
  const { trackingNumber } = await sampleCase(site, "submitted");
  const taken = await Promise.all(
    posts.map(({ path }) => forgedRequestsTaken(site.url + path.replace(/\{(\w+)\+?\}/g, trackingNumber))),
  );
  expect(posts.length).toBeGreaterThan(20);
  expect(taken.flat()).toEqual([]);
});
