import * as z from "zod";
import { say } from "../../language.ts";

/**
 * Keys that stand in documentation and in examples of programs. Everybody knows them, so the first who copies one gives the
 * seal of their receipt away.
 */
const wellKnown = new Set([
  "f47ac10b-58cc-4372-a567-0e02b2c3d479",
  "550e8400-e29b-41d4-a716-446655440000",
  "123e4567-e89b-42d3-a456-426614174000",
  "123e4567-e89b-42d3-a456-556642440000",
  "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
  "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
  "109156be-c4fb-41ea-b1b4-efe1671c5836",
  "10ba038e-48da-487b-96e8-8d3b99b6d18a",
  "110ec58a-a0f2-4ac4-8393-c866d813b8d1",
  "919108f7-52d1-4320-9bac-f847db4148a8",
  "36b8f84d-df4e-4d49-b662-bcde71a8764f",
  "16fd2706-8baf-433b-82eb-8c7fada847da",
  "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  "21ec2020-3aea-4069-a2dd-08002b30309d",
  "936da01f-9abd-4d9d-80c7-02af85c822a8",
  "c73bcdcc-2669-4bf6-81d3-e4ae73fb11fd",
  "713ae7e3-cb32-45f9-adcb-7c4fa86b90c1",
  "625e63f3-58f5-40b7-83a1-a72ad31acffb",
  "57b73598-8764-4ad0-a76a-679bb6640eb1",
  "9c858901-8a57-4791-81fe-4c455b099bc9",
  "a987fbc9-4bed-4078-8f07-9141ba07c9f3",
  // What pages that show an API (Swagger UI, Redoc) and generators of clients fill in by themselves.
  "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "497f6eca-6276-4993-bfeb-53cbbbba6f08",
  "095be615-a8ad-4c33-8e9c-c7612fbf6c9f",
  "d290f1ee-6c54-4b01-90e6-d701748f0851",
  "046b6c7f-0b8a-43b9-b35d-6489e6daee91",
  // The example of the draft of the header Idempotency-Key itself.
  "8e03978e-40d5-43e8-bc93-6894a57f9324",
  "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
  "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  "de305d54-75b4-431b-adb2-eb6b9e546014",
  "067e6162-3b6f-4ae2-a171-2470b63dff00",
  "0f8fad5b-d9cb-469f-a165-70867728950e",
]);

/** The 30 digits that a version 4 UUID draws at random: all but the version and the variant. */
const drawnDigits = (uuid: string): number[] =>
  [...uuid.replaceAll("-", "")]
    .filter((_, place) => place !== 12 && place !== 16)
    .map((digit) => Number.parseInt(digit, 16));

const kindsOf = (digits: readonly number[]): number => new Set(digits).size;

const longestRun = (digits: readonly number[]): number => {
  let longest = 0;
  let run = 0;
  digits.forEach((digit, place) => {
    run = digit === digits[place - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
};

/** So many places of 30 that follow one rule are no chance. */
const tooMany = 15;

/** By how much digits differ from those that stand `back` places before, and how often by each. */
function differences(digits: readonly number[], back: number): number[] {
  const often = Array.from({ length: 16 }, () => 0);
  for (let place = back; place < digits.length; place++) {
    const difference = ((digits[place] ?? 0) - (digits[place - back] ?? 0) + 16) % 16;
    often[difference] = (often[difference] ?? 0) + 1;
  }
  return often;
}

/** Digits that climb or fall evenly (0123…, 9876…), also in turns (a1b2c3…), and the same few again and again. */
const isPattern = (digits: readonly number[]): boolean =>
  [1, 2].some((back) => Math.max(...differences(digits, back)) >= tooMany) ||
  [3, 4, 5, 6, 7, 8].some((back) => (differences(digits, back)[0] ?? 0) >= tooMany);

const isRecent = (milliseconds: number): boolean =>
  milliseconds >= Date.UTC(2024, 0) && milliseconds < Date.UTC(2035, 0);

/**
 * A time, filled up: the milliseconds of a date in decimal or hexadecimal digits at the front, or the clock of a version 1 UUID,
 * with hardly anything else. A time with much that is random behind it is no weak key.
 */
function isTime(uuid: string, digits: readonly number[]): boolean {
  const hex = uuid.replaceAll("-", "");
  const decimal = digits.join("");
  if (digits.every((digit) => digit < 10) && isRecent(Number(decimal.slice(0, 13)))) return true;
  if (kindsOf(digits.slice(12)) <= 5 && isRecent(Number.parseInt(hex.slice(0, 12), 16))) return true;
  const ofVersion1 = /^.{13}1[ef]/.test(hex);
  return ofVersion1 && kindsOf(digits.slice(15)) <= 3;
}

const isWritten = (byte: number): boolean => /[\w -]/.test(String.fromCharCode(byte));

/** A text written as a key, such as a name and a date: all but the bytes with the version and the variant are signs of it. */
const isText = (uuid: string): boolean =>
  [...Buffer.from(uuid.replaceAll("-", ""), "hex")].every(
    (byte, place) => place === 6 || place === 8 || isWritten(byte),
  );

/** Whether somebody could guess this key. A key that a generator of random numbers made passes. */
export function isWeak(idempotencyKey: string): boolean {
  const uuid = idempotencyKey.toLowerCase();
  const digits = drawnDigits(uuid);
  return (
    wellKnown.has(uuid) ||
    kindsOf(digits) <= 6 ||
    longestRun(digits) >= 10 ||
    isPattern(digits) ||
    isTime(uuid, digits) ||
    isText(uuid)
  );
}

/** Whether a key looks like a UUID of any version. Whatever does not is told that, and nothing of how easy it is to guess. */
const hasForm = (key: string): boolean => z.guid().safeParse(key).success;

/**
 * The key of a request that may be repeated. It seals the receipt for the repeat, so whoever guesses it has the receipt: only a
 * random one is taken.
 */
export const idempotencyKey = z
  .uuidv4()
  .refine(
    (key) => !hasForm(key) || !isWeak(key),
    say(
      "Kunci ini mudah ditebak, dan siapa yang menebaknya mendapat tanda terima Anda. Buat yang acak, misalnya dengan crypto.randomUUID(): satu kunci baru untuk tiap laporan, dan yang sama bila mengulang kiriman.",
      "This key is easy to guess, and whoever guesses it gets your receipt. Make a random one, such as by crypto.randomUUID(): a new key for each report, and the same one when you repeat a request.",
    ),
  )
  .describe(
    "A random UUID of version 4, a new one for each request. The same request with the same key gets the same answer, receipt included, so keep it as secret as the receipt.",
  );
