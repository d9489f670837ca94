// Values as ClickHouse's Native format has them, column by column:
// https://clickhouse.com/docs/interfaces/specs/NativeFormat
import { Cursor } from './cursor.ts';

/** A length below 128 is one byte, and so the character of that code. */
const LENGTHS = Array.from({ length: 128 }, (_, length) => String.fromCharCode(length));

/** Texts, each behind its length in bytes. */
export function textsToBytes(values: readonly string[]): Buffer {
  let joined = '';
  for (const value of values) {
    const length = LENGTHS[value.length];
    if (length === undefined) return eachToBytes(values);
    joined += length + value;
  }
  const bytes = Buffer.from(joined);
  // One byte a character: all are ASCII, so each length is one of bytes.
  return bytes.length === joined.length ? bytes : eachToBytes(values);
}

function eachToBytes(values: readonly string[]): Buffer {
  return Buffer.concat(
    values.flatMap((value) => {
      const bytes = Buffer.from(value);
      return [varUint(bytes.length), bytes];
    }),
  );
}

/** The texts of `textsToBytes`. */
export function textsOf(bytes: Buffer): string[] {
  const cursor = new Cursor(bytes);
  const values: string[] = [];
  while (cursor.at < bytes.length) values.push(cursor.string());
  return values;
}

/** A number in groups of seven bits, the lowest first. */
export function varUint(number: number): Buffer {
  const bytes: number[] = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

export const uint64s = (values: readonly number[]): Buffer => Buffer.from(BigUint64Array.from(values, BigInt).buffer);

/** Days since 1970, as a `Date` is stored. */
export const uint16s = (values: readonly number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);

/** Where each list of a column ends, from the lists' lengths. */
export function ends(lengths: readonly number[]): Buffer {
  let end = 0;
  return uint64s(lengths.map((length) => (end += length)));
}

/** What a column of `LowCardinality(String)` begins with: the version of its layout. */
export const WORDS_PREFIX = uint64s([1]);
/** The dictionary is of this block, and comes with it. */
const WITH_DICTIONARY = 0x600;

/** Texts of a column of `LowCardinality(String)`: each text once, and where each value stands among them. */
export function wordsToBytes(words: readonly string[], places: Uint32Array): Buffer[] {
  const [width, narrow] =
    words.length <= 2 ** 8
      ? [0, Uint8Array.from(places)]
      : words.length <= 2 ** 16
        ? [1, Uint16Array.from(places)]
        : [2, places];
  return [
    uint64s([WITH_DICTIONARY + width, words.length]),
    textsToBytes(words),
    uint64s([places.length]),
    Buffer.from(narrow.buffer, narrow.byteOffset, narrow.byteLength),
  ];
}
