/** A JSON number as the text that was sent: `JSON.stringify` writes it back unchanged. */
export type NumberText = { readonly rawJSON: string };

// In the runtime (JSON source text access), not yet in TypeScript's library.
type ExactJson = {
  parse(text: string, reviver: (key: string, value: unknown, context: { source: string }) => unknown): unknown;
  rawJSON(text: string): NumberText;
  isRawJSON(value: unknown): value is NumberText;
};
const exact = JSON as unknown as ExactJson;

/**
 * `JSON.parse` that keeps every number as its text. Half of a surrogate pair, as at the end of a truncated name,
 * becomes U+FFFD: it has no UTF-8. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  return exact.parse(text, (_key, value, context) => {
    if (typeof value === 'number') return exact.rawJSON(context.source);
    return typeof value === 'string' ? value.toWellFormed() : value;
  });
}

export function isNumberText(value: unknown): value is NumberText {
  return exact.isRawJSON(value);
}

/** A row's unknown fields as JSON text, sorted by name, numbers as they were sent; '' where there are none. */
export function extraText(unknownFields: Record<string, unknown>): string {
  const entries = Object.entries(unknownFields).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : '';
}
