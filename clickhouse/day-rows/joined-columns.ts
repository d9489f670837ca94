import type { Column } from '../native/block.ts';
import { ends, textsToBytes, WORDS_PREFIX, wordsToBytes } from '../native/values.ts';
import type { DayRow } from './day-row.ts';
import { type ItemColumn, lengthsOf, placesOf, wordsOf } from './item-column.ts';
import { unpackColumns } from './packed-columns.ts';

type Day = { column: ItemColumn | undefined; items: number };
type Joined = { type: string; prefix?: Buffer; values: Buffer[] };

/** The columns of several days' facts, one after the other. A day without the column has as many defaults as facts. */
export function joinedColumns(rows: readonly DayRow[]): Column[] {
  const days = rows.map(({ items, columns }) => ({ items, columns: unpackColumns(columns) }));
  // One is always there: by its lists the server knows how many facts a day has.
  const names = new Set(['project_id', ...days.flatMap(({ columns }) => [...columns.keys()])]);
  const lists = ends(rows.map(({ items }) => items));
  return [...names].map((name) => {
    const { type, prefix, values } = joined(days.map(({ columns, items }) => ({ column: columns.get(name), items })));
    return { name: `items.${name}`, type: `Array(${type})`, values: [...(prefix ? [prefix] : []), lists, ...values] };
  });
}

function joined(days: readonly Day[]): Joined {
  switch (days.find(({ column }) => column)?.column?.kind) {
    case 'words':
      return { type: 'LowCardinality(String)', prefix: WORDS_PREFIX, values: joinedWords(days) };
    case 'numbers':
      return { type: 'String', values: [bytesOf(days, zeros)] };
    case 'optional numbers': {
      const nulls = bytesOf(days, (items) => Buffer.alloc(items, 1));
      return { type: 'Nullable(String)', values: [nulls, bytesOf(days, zeros, 1)] };
    }
    case 'maps': {
      const lengths = days.flatMap(({ column, items }) => (column ? lengthsOf(column) : Array<number>(items).fill(0)));
      const parts = [1, 2].map((part) => bytesOf(days, () => Buffer.alloc(0), part));
      return { type: 'Map(String, String)', values: [ends(lengths), ...parts] };
    }
    default:
      return { type: 'String', values: [bytesOf(days, Buffer.alloc)] };
  }
}

const ZERO = textsToBytes(['0']);
const zeros = (items: number) => Buffer.alloc(ZERO.length * items, ZERO);

const bytesOf = (days: readonly Day[], defaults: (items: number) => Buffer, part = 0): Buffer =>
  Buffer.concat(days.map(({ column, items }) => column?.parts[part] ?? defaults(items)));

/** One dictionary for all days, which begins with the default. */
function joinedWords(days: readonly Day[]): Buffer[] {
  const known = new Map([['', 0]]);
  const placeOf = (word: string): number => {
    const place = known.get(word) ?? known.size;
    if (place === known.size) known.set(word, place);
    return place;
  };
  const all = new Uint32Array(days.reduce((sum, { items }) => sum + items, 0));
  let at = 0;
  for (const { column, items } of days) {
    if (column) {
      const words = wordsOf(column).map(placeOf);
      const places = placesOf(words.length, column.parts[1] as Buffer);
      // By index: an iterator of places took four times as long.
      for (let item = 0; item < items; item += 1) all[at + item] = words[places[item] as number] as number;
    }
    at += items;
  }
  return wordsToBytes([...known.keys()], all);
}
