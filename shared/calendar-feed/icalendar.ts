import { clockText } from "../deadline/clock-view.ts";
import { dateOf, dayOf } from "../deadline/calendar/local-date.ts";
import type { TimeZone } from "../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../language.ts";
import { type DueEvent, eventKey } from "./due-event.ts";
import { cancelledForDays, mostEvents } from "./told-calendar.ts";

const words = {
  name: { id: "Batas waktu SP4N-LAPOR!", en: "SP4N-LAPOR! deadlines" },
  about: {
    id: `Batas waktu laporan di antrean Anda: nomor dan hitungannya saja. Paling banyak ${mostEvents.toLocaleString("id")}, yang terdekat lebih dulu. Yang batal terbaca ${cancelledForDays} hari.`,
    en: `The deadlines of the cases in your queues: number and clock only. At most ${mostEvents.toLocaleString("en")}, the nearest first. What is cancelled is told for ${cancelledForDays} days.`,
  },
} as const satisfies Record<string, Text>;

/** A line holds at most so many bytes. A longer one goes on in the next, behind a space (RFC 5545, 3.1). */
const longestLine = 75;

/** Folds a line between signs, never within one. */
function folded(line: string): string {
  const lines: string[] = [];
  let [part, bytes] = ["", 0];
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (bytes + size > longestLine) {
      lines.push(part);
      [part, bytes] = [" ", 1];
    }
    part += sign;
    bytes += size;
  }
  return [...lines, part].join("\r\n");
}

/** Text as the value of a property (RFC 5545, 3.3.11). Signs that control something have no place in it. */
const escapedText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/\p{Cc}/gu, "");

/** An instant in UTC: "20261126T053000Z". */
const instant = (at: string): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

const day = (date: string): string => date.replaceAll("-", "");

interface Place {
  /** The origin of the site. Events are named by its host, and lead to it. */
  site: string;
  language: Language;
  timeZone: TimeZone;
}

/** One clock as an event that takes a whole day. It tells the number of the case and which clock, and nothing else. */
function eventLines(event: DueEvent, { site, language }: Place): string[] {
  const { trackingNumber, clock, date, sequence, at, over } = event;
  const page = new URL(`${language === "en" ? "/en" : ""}/petugas/laporan/${trackingNumber}`, site);
  return [
    "BEGIN:VEVENT",
    `UID:${eventKey(event)}@${page.hostname}`,
    // Of an event whose content stays the same this stays too, so that a calendar that has it is answered with nothing.
    `DTSTAMP:${instant(at)}`,
    `LAST-MODIFIED:${instant(at)}`,
    `SEQUENCE:${sequence}`,
    `DTSTART;VALUE=DATE:${day(date)}`,
    `DTEND;VALUE=DATE:${day(dateOf(dayOf(date) + 1))}`,
    `SUMMARY:${escapedText(`${trackingNumber}: ${clockText[clock][language]}`)}`,
    `STATUS:${over ? "CANCELLED" : "CONFIRMED"}`,
    "TRANSP:TRANSPARENT",
    "CLASS:PRIVATE",
    `URL:${page.href}`,
    "END:VEVENT",
  ];
}

/** Writes events as a calendar that programs subscribe to (RFC 5545, RFC 7986). */
export function icalendarOf(events: readonly DueEvent[], place: Place): string {
  const { language, timeZone } = place;
  const name = escapedText(words.name[language]);
  const about = escapedText(words.about[language]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//SP4N-LAPOR!//Officers' deadlines//${language.toUpperCase()}`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    `DESCRIPTION:${about}`,
    `X-WR-CALDESC:${about}`,
    `X-WR-TIMEZONE:${timeZone}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    ...events.flatMap((event) => eventLines(event, place)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}
