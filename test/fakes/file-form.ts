import { type Answer, call, type Handler } from "./gateway.ts";

/** Sends a file from a page of ours as a browser without scripts does. */
export async function sendFile(
  handler: Handler,
  address: string,
  { file, name, cookies }: { file: Uint8Array | string; name: string; cookies: string[] },
): Promise<Answer> {
  const form = new FormData();
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  form.append("berkas", new File([Uint8Array.from(bytes)], name));
  form.append("teks", "");
  const sent = new Response(form);
  const body = Buffer.from(await sent.arrayBuffer()).toString("base64");
  return call(
    (event, context) => handler({ ...event, body, isBase64Encoded: true }, context),
    "POST",
    address,
    {
      cookies,
      headers: { "content-type": sent.headers.get("content-type") ?? "", "sec-fetch-site": "same-origin" },
      body: "-",
    },
  );
}
