export const languages = ["id", "en"] as const;
export type Language = (typeof languages)[number];

/** The same sentence in all our languages. People read Indonesian unless they ask for English. */
export type Text = Readonly<Record<Language, string>>;

/** Gives a schema its own sentence for what it refuses. */
export const say = (id: string, en: string) => ({ params: { text: { id, en } satisfies Text } });
