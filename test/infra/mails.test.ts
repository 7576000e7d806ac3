import { describe, expect, test } from "vitest";
import { stages } from "../../infra/config.ts";
import { ofType, only, powersIn, prod } from "./synthesised.ts";

describe("what SES says of mails that did not arrive", () => {
  test("it is mailed to nobody, because it holds the reporter's address", () => {
    const { properties } = only(prod, "AWS::SES::EmailIdentity");
    expect(properties.FeedbackAttributes).toEqual({ EmailForwardingEnabled: false });
  });

  test("it is counted, and told to the event bus: without a place for it SES would mail it after all", () => {
    const destinations = ofType(prod, "AWS::SES::ConfigurationSetEventDestination").map(
      ({ properties }) => properties,
    );
    for (const { ConfigurationSetName, EventDestination } of destinations)
      expect([ConfigurationSetName, EventDestination.Enabled]).toEqual(["jobs/MailSettings", true]);
    const kinds = destinations.map(({ EventDestination }) => {
      const { Enabled: _, MatchingEventTypes, ...where } = EventDestination;
      return [...Object.keys(where), ...[...MatchingEventTypes].sort()];
    });
    expect(kinds).toEqual([
      ["CloudWatchDestination", "bounce", "complaint", "reject"],
      ["EventBridgeDestination", "bounce", "complaint", "reject", "renderingFailure"],
    ]);
    // The dimension names our settings, never an address.
    expect(destinations[0]?.EventDestination.CloudWatchDestination.DimensionConfigurations).toEqual([
      {
        DimensionName: "ses:configuration-set",
        DimensionValueSource: "messageTag",
        DefaultDimensionValue: "none",
      },
    ]);
  });

  test("every mail goes out with the settings that count it, whoever sends it", () => {
    const { properties } = only(prod, "AWS::SES::EmailIdentity");
    expect(properties.ConfigurationSetAttributes).toEqual({ ConfigurationSetName: "jobs/MailSettings" });
  });

  test("our rules pass on which mail it was and when, and neither the address nor the words of a mail server; nothing else hears of it", () => {
    // What CloudTrail tells of calls to SES holds no mail.
    const rules = ofType(prod, "AWS::Events::Rule").filter(
      ({ properties: { EventPattern } }) =>
        /aws\.ses/i.test(JSON.stringify(EventPattern)) &&
        !EventPattern["detail-type"].includes("AWS API Call via CloudTrail"),
    );
    expect(rules.length).toBeGreaterThan(3);
    for (const { properties } of rules) {
      // Mails of another stage in the same account are not ours.
      expect(properties.EventPattern.detail.mail).toEqual({
        tags: { "ses:configuration-set": ["jobs/MailSettings"] },
      });
      const [{ Arn, InputTransformer }, ...others] = properties.Targets;
      expect([Arn, others]).toEqual(["jobs/MailFeedback/Worker/Queue.Arn", []]);
      expect(Object.values(InputTransformer.InputPathsMap)).toEqual([
        "$.detail.mail.timestamp",
        "$.detail.mail.tags",
      ]);
    }
    expect(ofType(prod, "AWS::Events::Archive")).toEqual([]);
    expect(JSON.stringify(ofType(prod, "AWS::SNS::TopicPolicy"))).not.toContain("ses.amazonaws.com");
  });

  test("our marks alone stop mails to an address: the list of the account would outlast them", () => {
    const { properties } = only(prod, "AWS::SES::ConfigurationSet");
    expect(properties.SuppressionOptions).toEqual({ SuppressedReasons: [] });
  });

  test("bounces of other mail servers go to a domain of their own, which no mailbox is behind", () => {
    const { properties } = only(prod, "AWS::SES::EmailIdentity");
    expect(properties.MailFromAttributes).toEqual({
      MailFromDomain: `bounces.${properties.EmailIdentity}`,
    });
  });
});

test("mails come from an address that says that nobody reads answers", () => {
  for (const { senderAddress } of Object.values(stages)) expect(senderAddress).toMatch(/^jangan-balas@/);
  const { condition } = powersIn(prod).find(({ actions }) => actions.includes("ses:SendEmail")) ?? {};
  expect(condition).toEqual({ StringEquals: { "ses:FromAddress": stages.prod?.senderAddress } });
});
