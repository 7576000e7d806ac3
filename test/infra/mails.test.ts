import { describe, expect, test } from "vitest";
import { stages } from "../../infra/config.ts";
import { ofType, only, powersIn, prod } from "./synthesised.ts";

describe("what SES says of mails that did not arrive", () => {
  test("it is mailed to nobody, because it holds the reporter's address", () => {
    const { properties } = only(prod, "AWS::SES::EmailIdentity");
    expect(properties.FeedbackAttributes).toEqual({ EmailForwardingEnabled: false });
  });

  test("it is counted instead: without another place for it SES would mail it after all", () => {
    const { properties } = only(prod, "AWS::SES::ConfigurationSetEventDestination");
    expect(properties.ConfigurationSetName).toBe("jobs/MailSettings");
    const { Enabled, MatchingEventTypes, CloudWatchDestination, ...others } = properties.EventDestination;
    expect([Enabled, [...MatchingEventTypes].sort()]).toEqual([true, ["bounce", "complaint", "reject"]]);
    expect(others).toEqual({});
    // The dimension names our settings, never an address.
    expect(CloudWatchDestination.DimensionConfigurations).toEqual([
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

  test("no topic, stream, bus or rule of ours hears of it", () => {
    expect(ofType(prod, "AWS::SES::ConfigurationSetEventDestination")).toHaveLength(1);
    expect(JSON.stringify(ofType(prod, "AWS::Events::Rule", "AWS::Events::Archive"))).not.toMatch(
      /aws\.ses/i,
    );
    expect(JSON.stringify(ofType(prod, "AWS::SNS::TopicPolicy"))).not.toContain("ses.amazonaws.com");
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
