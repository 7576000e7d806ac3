import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Refusal } from "../../refusal.ts";

const isOurs = (origin: string, siteUrl: string | undefined): boolean =>
  siteUrl !== undefined && origin === new URL(siteUrl).origin;

/** Whether another site says that it sent this. Nothing that it wrote is shown. */
export function isForeign({ headers }: APIGatewayProxyEventV2, siteUrl: string | undefined): boolean {
  const { "sec-fetch-site": from, origin } = headers;
  if (from !== undefined) return from !== "same-origin";
  return origin !== undefined && !isOurs(origin, siteUrl);
}

/**
 * Refuses a form that another site had sent. Browsers say where a request comes from in `Sec-Fetch-Site`; older ones say it in
 * `Origin`. A request that says neither is refused too.
 */
export function refuseForged({ headers }: APIGatewayProxyEventV2, siteUrl: string | undefined): void {
  const { "sec-fetch-site": from, origin } = headers;
  if (from === "same-origin") return;
  if (from === undefined && origin !== undefined && isOurs(origin, siteUrl)) return;
  throw new Refusal("forbidden", {
    id: "Formulir ini tidak dikirim dari halaman kami. Buka halamannya di situs ini, lalu kirim lagi.",
    en: "This form was not sent from a page of ours. Open the page on this site and send it again.",
  });
}
