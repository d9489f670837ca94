import type { ClickHouseException } from '../sql/exception.ts';

/** The body of an error response, as a server writes it. */
export function exceptionText({ code, type, message }: ClickHouseException, version: string): string {
  return `Code: ${code}. DB::Exception: ${message}. (${type}) (version ${version} (chDB))\n`;
}

const STATUS = new Map<number, number>([
  ...codes(401, 194),
  ...codes(403, 192, 193, 497, 512, 516),
  ...codes(
    400,
    6,
    8,
    15,
    25,
    26,
    27,
    36,
    37,
    38,
    41,
    44,
    53,
    62,
    72,
    117,
    123,
    167,
    168,
    223,
    321,
    376,
    427,
    441,
    675,
    676,
  ),
  ...codes(404, 46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511),
  ...codes(408, 159),
  ...codes(411, 381),
  ...codes(413, 229),
  ...codes(415, 779),
  ...codes(501, 48),
  ...codes(503, 76, 209, 439),
]);

/** The HTTP status that a server sends with an error code. */
export function httpStatus(code: number): number {
  return STATUS.get(code) ?? 500;
}

function codes(status: number, ...list: number[]): [number, number][] {
  return list.map((code) => [code, status]);
}
