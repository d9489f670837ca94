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
 * `JSON.parse` in which no number passes through a float, and half a character, as a name that was cut has, becomes
 * U+FFFD: there is no UTF-8 of it. Throws SyntaxError.
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
