import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  itemColumns,
  mapColumn,
  numberColumn,
  optionalNumberColumn,
  placesOf,
  textColumn,
  wordColumn,
  wordsOf,
} from '#clickhouse/day-rows/item-column.ts';
import { packColumns, unpackColumns } from '#clickhouse/day-rows/packed-columns.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const number = fc.bigInt().map(String);
const fact = fc.record({
  text,
  number,
  quantity: fc.option(number),
  metrics: fc.array(fc.tuple(text, number), { maxLength: 3 }),
});

test('columns are the same after they were one piece of bytes', () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 6 }), fc.string(), (facts, name) => {
      const columns = itemColumns([
        [name, wordColumn(facts, (each) => each.text)],
        ['texts', textColumn(facts.map((each) => each.text))],
        ['numbers', numberColumn(facts.map((each) => each.number))],
        ['optional numbers', optionalNumberColumn(facts.map(({ quantity }) => quantity))],
        ['maps', mapColumn(facts.map(({ metrics }) => metrics))],
      ]);
      expect(unpackColumns(packColumns(columns))).toEqual(columns);
    }),
  );
});

test.each([1, 256, 257, 65_536, 65_537])('each value finds its text among %d', (count) => {
  const values = Array.from({ length: count + 3 }, (_, at) => `text ${at % count}`);
  const column = wordColumn(values, (value) => value);
  const words = wordsOf(column);
  const places = placesOf(words.length, column?.parts[1] as Buffer);
  expect(words).toHaveLength(count);
  expect(Array.from(places, (place) => words[place])).toEqual(values);
});
