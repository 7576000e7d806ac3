import { type Stage, stageNamed } from "../../infra/config.ts";

/** Production as somebody has filled it in. The accounts and the addresses are made up for tests, and deploy nowhere. */
export const filledIn: Stage = {
  ...stageNamed("prod"),
  account: "210987654321",
  senderAddress: "jangan-balas@lapor.contoh.go.id",
  alarmAddress: "piket@contoh.go.id",
  siteUrl: "https://lapor.contoh.go.id",
  corsOrigins: ["https://lapor.contoh.go.id"],
  domain: {
    name: "lapor.contoh.go.id",
    certificateArn: "arn:aws:acm:us-east-1:210987654321:certificate/0a1b2c3d",
  },
  copiesTo: "arn:aws:backup:ap-southeast-3:345678901234:backup-vault:lapor",
};
