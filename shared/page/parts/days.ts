import { dateFormat } from "../../deadline/calendar/time-zone.ts";
import type { Language } from "../../language.ts";
import { type Html, html } from "../html.ts";

/** What the strip shows of a count: where it began, when it is due, and which days were skipped. */
export interface CountedDays {
  from: string;
  due: string;
  skipped: readonly { date: string; why: string; name: string }[];
  /** The local date of now. */
  today: string;
}

const oneDay = 24 * 60 * 60 * 1000;

const words = {
  strip: { id: "Hari demi hari", en: "Day by day" },
  begun: { id: "mulai, tidak dihitung", en: "begins, does not count" },
  gone: { id: "sudah lewat", en: "over" },
  free: { id: "dilewati", en: "skipped" },
  counted: { id: "dihitung", en: "counts" },
  due: { id: "batas waktu", en: "due" },
  today: { id: "hari ini", en: "today" },
  between: { id: "hari di antaranya", en: "days between" },
  weekend: { id: "akhir pekan", en: "weekend" },
};

/** Longer strips show their beginning and their end. */
const longest = 28;
const shownAtEachEnd = 10;

const datesBetween = (from: string, to: string): string[] => {
  const dates: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += oneDay)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
};

/** One day: short for the eye, whole for whoever listens. */
function day(date: string, { from, due, skipped, today }: CountedDays, language: Language): Html {
  const at = new Date(`${date}T00:00:00Z`);
  const short = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(language, { timeZone: "UTC", ...options }).format(at);
  const free = skipped.find((one) => one.date === date);
  const kind =
    date === from ? "begun" : free ? "free" : date === due ? "due" : date < today ? "gone" : "counted";
  const reason = free && free.why !== "weekend" ? free.name : undefined;
  const classes = { begun: "gone", free: "free", due: "end", gone: "gone", counted: "" }[kind];
  const said = [
    date === today && words.today[language],
    free ? `${words.free[language]} (${reason ?? words.weekend[language]})` : words[kind][language],
  ].filter((part) => part !== false);
  const whole = short({ weekday: "long", day: "numeric", month: "long" });
  return html`<li class="${date === today ? `${classes} today`.trim() : classes}"><span aria-hidden="true">${short({ weekday: "short" })}<br><b>${short({ day: "numeric" })}</b><br>${short({ month: "short" })}</span><span class="unseen">${whole}: ${said.join(", ")}</span></li>`;
}

/**
 * The strip of days from the beginning of a clock to its due day: counted days, skipped days dashed, the due day framed. Holidays
 * are named below it. The mark of this project: anybody can count the limit again.
 */
export function days(counted: CountedDays, language: Language): Html {
  const dates = datesBetween(counted.from, counted.due);
  const middle = dates.length > longest ? dates.length - 2 * shownAtEachEnd : 0;
  const shown = (part: readonly string[]) => part.map((date) => day(date, counted, language));
  const named = counted.skipped.filter(({ why }) => why !== "weekend");
  return html`<ol class="days" aria-label="${words.strip[language]}">${
    middle === 0
      ? shown(dates)
      : html`${shown(dates.slice(0, shownAtEachEnd))}<li class="between">… ${middle} ${words.between[language]} …</li>${shown(dates.slice(-shownAtEachEnd))}`
  }</ol>${
    named.length > 0 &&
    html`<ul class="holidays">${named.map(({ date, name }) => html`<li>${dateFormat(language, { timeZone: "UTC", day: "numeric", month: "long" }).format(new Date(`${date}T00:00:00Z`))}: ${name}</li>`)}</ul>`
  }`;
}
