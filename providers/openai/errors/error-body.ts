/** What an error body says, lower-cased. Upstream text: to be classified and dropped, never to be shown or logged. */
export type Problem = { code: string; param: string; message: string };

/** Reads an error body in any of the forms seen: `error` as an object, as a bare string, missing, or no JSON at all. */
export function readProblem(body: string): Problem {
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
