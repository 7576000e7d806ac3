import { expect, test } from "vitest";
import { stages } from "../../infra/config.ts";
import { isAtDomain } from "../../shared/directory/administration/mail-domain.ts";
import { dev, ofType, only, prod } from "./synthesised.ts";

test("the directory's table forgets requests by itself, and its entries have no date to be forgotten at", () => {
  for (const resources of [prod, dev])
    expect(
      only(resources, "AWS::DynamoDB::GlobalTable", "data/Directory").properties.TimeToLiveSpecification,
    ).toEqual({
      AttributeName: "expiresAt",
      Enabled: true,
    });
});

test("the administration is told at which domains mailboxes need no second person, and production lists none of invented ones", () => {
  for (const [resources, stage] of [
    [prod, stages.prod],
    [dev, stages.dev],
  ] as const) {
    const [administration] = ofType(resources, "AWS::Lambda::Function").filter(
      ({ path }) => path === "api/Administration",
    );
    expect(administration?.properties.Environment.Variables.MAILBOX_DOMAINS).toBe(
      stage?.mailboxDomains.join(" "),
    );
  }
  const domains = stages.prod?.mailboxDomains ?? [];
  for (const address of ["a@gmail.com", "a@contoh.example", "a@evilgo.id", "a@contoh.id"])
    expect([address, isAtDomain(domains, address)]).toEqual([address, false]);
  expect(isAtDomain(domains, "lapor@balikpapan.go.id")).toBe(true);
});
