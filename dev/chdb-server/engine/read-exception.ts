import { ClickHouseException } from '../sql/exception.ts';

const TEXT =
  /^Code: (?<code>\d+)\. DB::\w*Exception: (?<message>[\s\S]*?)(?:\. )?\((?<type>[A-Z0-9_]+)\)(?: \(version [^\n]*\))?\s*$/;

/** Reads the engine's error text. An error of the client side is wrapped twice; this unwraps it. */
export function readException(text: string): ClickHouseException {
  const groups = TEXT.exec(text)?.groups;
  if (!groups) return new ClickHouseException(1002, 'UNKNOWN_EXCEPTION', text);
  const { code, type, message } = groups as { code: string; type: string; message: string };
  return TEXT.test(message) ? readException(message) : new ClickHouseException(Number(code), type, message);
}
