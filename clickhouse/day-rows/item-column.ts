import { textsToBytes } from '../native/values.ts';

/**
 * A column of a day's facts. Many values are bytes, so that they wait for their insert outside of the heap. A column of
 * which all values are its default is none.
 */
export type ItemColumn =
  /** Texts of which many are the same: each one once, and where each value stands among them. */
  | { kind: 'words'; words: readonly string[]; places: Uint8Array | Uint16Array | Uint32Array }
  | { kind: 'texts'; bytes: Buffer }
  /** Decimals and booleans, as texts. */
  | { kind: 'numbers'; bytes: Buffer }
  /** `nulls` has a 1 for each value that is null, which is a number all the same. */
  | { kind: 'optional numbers'; bytes: Buffer; nulls: Buffer }
  /** Names and decimals of each fact, one after the other. */
  | { kind: 'maps'; lengths: readonly number[]; names: Buffer; bytes: Buffer };

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
  return words.every((word) => word === '')
    ? undefined
    : { kind: 'words', words, places: narrow(words.length, places) };
}

/** Buffers of a small day share memory: an array of its own takes 200 bytes, and a small year has 50,000 columns. */
function narrow(words: number, places: Uint32Array): Uint8Array | Uint16Array | Uint32Array {
  if (words <= 2 ** 8) return Buffer.from(places);
  return words <= 2 ** 16 ? Uint16Array.from(places) : places;
}

export function textColumn(values: readonly string[]): ItemColumn | undefined {
  return values.every((value) => value === '') ? undefined : { kind: 'texts', bytes: textsToBytes(values) };
}

export function numberColumn(values: readonly string[]): ItemColumn | undefined {
  return values.every((value) => value === '0') ? undefined : { kind: 'numbers', bytes: textsToBytes(values) };
}

export function optionalNumberColumn(values: readonly (string | null)[]): ItemColumn | undefined {
  if (values.every((value) => value === null)) return undefined;
  return {
    kind: 'optional numbers',
    bytes: textsToBytes(values.map((value) => value ?? '0')),
    nulls: Buffer.from(values.map((value) => (value === null ? 1 : 0))),
  };
}

export function mapColumn(values: readonly (readonly [name: string, number: string][])[]): ItemColumn | undefined {
  const entries = values.flat();
  if (entries.length === 0) return undefined;
  return {
    kind: 'maps',
    lengths: values.map(({ length }) => length),
    names: textsToBytes(entries.map(([name]) => name)),
    bytes: textsToBytes(entries.map(([, number]) => number)),
  };
}

/** What a column's content is, in parts: the same for the same values. */
export function contentOfColumn(column: ItemColumn): (string | Uint8Array)[] {
  if (column.kind === 'words') {
    const { words, places } = column;
    return [JSON.stringify(words), new Uint8Array(places.buffer, places.byteOffset, places.byteLength)];
  }
  if (column.kind === 'optional numbers') return [column.nulls, column.bytes];
  if (column.kind === 'maps') return [JSON.stringify(column.lengths), column.names, column.bytes];
  return [column.bytes];
}
