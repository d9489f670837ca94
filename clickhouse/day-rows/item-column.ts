import { textsToBytes } from '../native/values.ts';

/** A column of a day's facts, as bytes. A column of which all values are its default is none. */
export type ItemColumn = { kind: Kind; parts: readonly Buffer[] };

type Kind =
  /** Texts of which many are the same: JSON of each one once, and where each value stands among them (`placesOf`). */
  | 'words'
  /** `textsToBytes` of them. */
  | 'texts'
  /** The same of decimals and booleans. */
  | 'numbers'
  /** A 1 for each value that is null, which is a number all the same, and the numbers. */
  | 'optional numbers'
  /** JSON of how many entries each fact has; the names and the decimals of all entries. */
  | 'maps';

export type ItemColumns = ReadonlyMap<string, ItemColumn>;

/** The columns that have a value other than the default. */
export function itemColumns(
  columns: readonly (readonly [name: string, column: ItemColumn | undefined])[],
): ItemColumns {
  return new Map(columns.filter((column): column is [string, ItemColumn] => column[1] !== undefined));
}

export function wordColumn<Item>(items: readonly Item[], textOf: (item: Item) => string): ItemColumn | undefined {
  const known = new Map<string, number>();
  const places = new Uint32Array(items.length);
  let last: string | undefined;
  let place = 0;
  for (let at = 0; at < items.length; at += 1) {
    const value = textOf(items[at] as Item);
    if (value !== last) {
      last = value;
      place = known.get(value) ?? known.size;
      if (place === known.size) known.set(value, place);
    }
    places[at] = place;
  }
  const words = [...known.keys()];
  if (words.every((word) => word === '')) return undefined;
  return { kind: 'words', parts: [toJson(words), narrow(words.length, places)] };
}

const toJson = (value: unknown) => Buffer.from(JSON.stringify(value));
const listOf = ({ parts }: ItemColumn) => JSON.parse(String(parts[0]));

function narrow(words: number, places: Uint32Array): Buffer {
  if (words <= 2 ** 8) return Buffer.from(places);
  return Buffer.from((words <= 2 ** 16 ? Uint16Array.from(places) : places).buffer);
}

/** Where each value of a column of so many words stands among them. */
export function placesOf(words: number, bytes: Buffer): Uint8Array | Uint16Array | Uint32Array {
  if (words <= 2 ** 8) return bytes;
  const { buffer } = new Uint8Array(bytes); // a copy, at a place that numbers of several bytes may have
  return words <= 2 ** 16 ? new Uint16Array(buffer) : new Uint32Array(buffer);
}

export function textColumn(values: readonly string[]): ItemColumn | undefined {
  return values.every((value) => value === '') ? undefined : { kind: 'texts', parts: [textsToBytes(values)] };
}

export function numberColumn(values: readonly string[]): ItemColumn | undefined {
  return values.every((value) => value === '0') ? undefined : { kind: 'numbers', parts: [textsToBytes(values)] };
}

export function optionalNumberColumn(values: readonly (string | null)[]): ItemColumn | undefined {
  if (values.every((value) => value === null)) return undefined;
  const nulls = Buffer.from(values.map((value) => (value === null ? 1 : 0)));
  return { kind: 'optional numbers', parts: [nulls, textsToBytes(values.map((value) => value ?? '0'))] };
}

export function mapColumn(values: readonly (readonly [name: string, number: string][])[]): ItemColumn | undefined {
  const entries = values.flat();
  if (entries.length === 0) return undefined;
  const names = textsToBytes(entries.map(([name]) => name));
  const numbers = textsToBytes(entries.map(([, number]) => number));
  return { kind: 'maps', parts: [toJson(values.map(({ length }) => length)), names, numbers] };
}

/** The texts of a column of words, each once: of one that is not there, the default. */
export function wordsOf(column: ItemColumn | undefined): string[] {
  return column ? listOf(column) : [''];
}

/** Of a column of maps, how many entries each fact has. */
export function lengthsOf(column: ItemColumn): number[] {
  return listOf(column);
}
