import type { Text } from "../language.ts";
import { placeOf } from "./disguise.ts";

/** A sign that a mail address may not hold here. Letters of other scripts look like Latin ones and lead elsewhere. */
const foreign = /[^\x21-\x7e]/u;

/** Why a mail address is refused, with the place of a sign that could lead elsewhere. The address itself is not repeated. */
export function objectionToAddress(address: unknown): Text {
  const index = typeof address === "string" ? address.search(foreign) : -1;
  if (typeof address !== "string" || index < 0)
    return {
      id: "Alamat email ini tidak benar, misalnya nama@contoh.example.",
      en: "This email address is not valid; it looks like name@example.org.",
    };
  const place = placeOf(address, index);
  return {
    id: `Pada ${place.id} alamat email ini memuat spasi, tanda tersembunyi, atau huruf yang bukan huruf Latin biasa. Ketik ulang alamatnya.`,
    en: `At ${place.en} this email address holds a blank, a hidden mark or a letter that is no plain Latin one. Type the address again.`,
  };
}
