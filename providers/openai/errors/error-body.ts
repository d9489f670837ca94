/** What an error body says, in lower case. It is OpenAI's text: classify it, never show or log it. */
export type ErrorBody = { code: string; param: string; message: string };

/** Reads all forms that were seen: `error` as an object, as a string or missing, and bodies that are not JSON. */
export function readErrorBody(body: string): ErrorBody {
  const parsed = parseOrText(body);
  const error = isObject(parsed) ? (parsed.error ?? parsed) : parsed;
  if (!isObject(error)) return { code: '', param: '', message: lower(error) };
  return {
    code: `${lower(error.code)} ${lower(error.type)}`.trim(),
    param: lower(error.param),
    message: lower(error.message ?? error.detail),
  };
}

function parseOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
