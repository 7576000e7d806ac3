import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Refusal } from "../../refusal.ts";

/** Whether another site says that it sent this. Nothing that it wrote is shown. */
export const isForeign = ({ headers }: APIGatewayProxyEventV2): boolean =>
  ["cross-site", "same-site"].includes(headers["sec-fetch-site"] ?? "");

/**
 * Refuses a form that another site had sent. Browsers say where a request comes from in `Sec-Fetch-Site`; older ones say it in
 * `Origin`. A request that says neither is refused too.
 */
export function refuseForged({ headers }: APIGatewayProxyEventV2, siteUrl: string | undefined): void {
  const { "sec-fetch-site": from, origin } = headers;
  if (from === "same-origin") return;
  if (from === undefined && siteUrl !== undefined && origin === new URL(siteUrl).origin) return;
  throw new Refusal("forbidden", {
    id: "Formulir ini tidak dikirim dari halaman kami. Buka halamannya di situs ini, lalu kirim lagi.",
    en: "This form was not sent from a page of ours. Open the page on this site and send it again.",
  });
}
