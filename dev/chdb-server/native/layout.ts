import type { Cursor } from '#clickhouse/native/cursor.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { elementType, readType } from './type-name.ts';

/** How the values of a type follow each other in a Native block: moves a cursor behind them. */
export type Layout = {
  /** What all values of a column have before them. */
  prefix(cursor: Cursor): void;
  values(cursor: Cursor, rows: number): void;
};

const WIDTHS: Record<string, number> = {
  ...{ Bool: 1, Int8: 1, UInt8: 1, Enum8: 1, Nothing: 1 },
  ...{ Int16: 2, UInt16: 2, Enum16: 2, Date: 2, BFloat16: 2 },
  ...{ Int32: 4, UInt32: 4, Float32: 4, Date32: 4, DateTime: 4, Time: 4, IPv4: 4, Decimal32: 4 },
  ...{ Int64: 8, UInt64: 8, Float64: 8, DateTime64: 8, Time64: 8, Decimal64: 8 },
  ...{ Int128: 16, UInt128: 16, UUID: 16, IPv6: 16, Decimal128: 16 },
  ...{ Int256: 32, UInt256: 32, Decimal256: 32 },
};
const ALIASES: Record<string, string> = {
  Point: 'Tuple(Float64, Float64)',
  Ring: 'Array(Point)',
  LineString: 'Array(Point)',
  MultiLineString: 'Array(LineString)',
  Polygon: 'Array(Ring)',
  MultiPolygon: 'Array(Polygon)',
};

const layouts = new Map<string, Layout>();

/** @throws ClickHouseException for a type that is not known here */
export function layoutOf(type: string): Layout {
  const known = layouts.get(type);
  if (known) return known;
  const layout = makeLayout(type);
  if (layouts.size < 1000) layouts.set(type, layout);
  return layout;
}

function makeLayout(type: string): Layout {
  const { name, args } = readType(type);
  const first = () => layoutOf(args[0] ?? '');
  const alias = ALIASES[name];
  const width = WIDTHS[name] ?? (name.startsWith('Interval') ? 8 : undefined);
  if (width) return fixed(width);
  if (alias) return layoutOf(alias);
  switch (name) {
    case 'String':
      return string;
    case 'FixedString':
      return fixed(Number(args[0]));
    case 'Decimal':
      return fixed(decimalWidth(Number(args[0])));
    case 'Nullable':
      return nullable(first());
    case 'Array':
      return array(first());
    case 'Nested':
      return array(tuple(args.map((arg) => layoutOf(elementType(arg)))));
    case 'Map':
      return array(tuple(args.map(layoutOf)));
    case 'Tuple':
      if (args.length > 0) return tuple(args.map((arg) => layoutOf(elementType(arg))));
      break;
    case 'LowCardinality':
      return lowCardinality(layoutOf(withoutNullable(args[0] ?? '')));
    case 'SimpleAggregateFunction':
      return layoutOf(args[1] ?? '');
  }
  throw new ClickHouseException(
    48,
    'NOT_IMPLEMENTED',
    `The embedded engine cannot send or take ${name} in the Native format of this client: convert it by toString(), or ` +
      'use another format or a ClickHouse server',
  );
}

const none = () => {};

function fixed(width: number): Layout {
  return { prefix: none, values: (cursor, rows) => cursor.skip(width * rows) };
}

const string: Layout = {
  prefix: none,
  values(cursor, rows) {
    for (let row = 0; row < rows; row++) cursor.skip(cursor.varUint());
  },
};

function nullable(inner: Layout): Layout {
  return {
    prefix: inner.prefix,
    values(cursor, rows) {
      cursor.skip(rows);
      inner.values(cursor, rows);
    },
  };
}

function array(inner: Layout): Layout {
  return {
    prefix: inner.prefix,
    values(cursor, rows) {
      if (rows === 0) return;
      cursor.skip((rows - 1) * 8);
      inner.values(cursor, cursor.uint64()); // the last offset is the number of elements
    },
  };
}

function tuple(elements: Layout[]): Layout {
  return {
    prefix: (cursor) => {
      for (const element of elements) element.prefix(cursor);
    },
    values: (cursor, rows) => {
      for (const element of elements) element.values(cursor, rows);
    },
  };
}

/** A dictionary of keys, and for each row the index of its key in one, two, four or eight bytes. */
function lowCardinality(keys: Layout): Layout {
  return {
    prefix: (cursor) => cursor.skip(8),
    values(cursor, rows) {
      if (rows === 0) return;
      const indexBytes = 1 << (cursor.uint64() & 0xff);
      keys.values(cursor, cursor.uint64());
      cursor.skip(indexBytes * cursor.uint64());
    },
  };
}

function decimalWidth(precision: number): number {
  return precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
}

function withoutNullable(type: string): string {
  const { name, args } = readType(type);
  return name === 'Nullable' ? (args[0] ?? '') : type;
}
