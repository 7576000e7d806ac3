type Values = Readonly<Record<string, readonly string[]>>;

/**
 * The body of `POST /v1/cases` from the fields of the short form. The place in words goes to the end of the text, because only
 * the list of regions gives a place that the API takes.
 */
export function writtenReport(values: Values, placeLine: string): Record<string, unknown> {
  const said = (name: string) => values[name]?.[0]?.trim() ?? "";
  const place = said("place");
  const text = values.text?.[0] ?? "";
  const occurredOn = said("occurredOn");
  return {
    class: said("class"),
    title: said("title"),
    text: place ? `${text.trimEnd()}\n\n${placeLine.replace("{place}", () => place)}` : text,
    ...(occurredOn && { occurredOn }),
    anonymous: (values.anonymous ?? []).length > 0,
    secret: (values.secret ?? []).length > 0,
  };
}
