import type { ItemColumn, ItemColumns } from './item-column.ts';

/**
 * A day's columns as one piece of bytes, outside of the heap: as columns a day is some 40 objects, and a small
 * organization's year has 4,000 days that wait for their insert. `lengths`: of all parts, in order.
 */
export type PackedColumns = { titles: readonly Title[]; lengths: readonly number[]; bytes: Buffer };

type Title = Pick<ItemColumn, 'kind'> & { name: string; parts: number };

/** The bytes are the same for the same values: the content hash is of them. */
export function packColumns(columns: ItemColumns): PackedColumns {
  const titles: Title[] = [];
  const pieces: Buffer[] = [];
  const lengths: number[] = [];
  for (const [name, column] of columns) {
    titles.push(titleOf(name, column));
    pieces.push(Buffer.from(`\n${name}\n`), ...column.parts);
    for (const { length } of column.parts) lengths.push(length);
  }
  // Not of the pool that small buffers share: one of them would keep all that was beside it.
  const bytes = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) at += piece.copy(bytes, at);
  return { titles, lengths, bytes };
}

export function unpackColumns({ titles, lengths, bytes }: PackedColumns): ItemColumns {
  const columns = new Map<string, ItemColumn>();
  let at = 0;
  let next = 0;
  for (const { name, kind, parts } of titles) {
    at += Buffer.byteLength(name) + 2;
    const taken: Buffer[] = [];
    for (const length of lengths.slice(next, next + parts)) {
      taken.push(bytes.subarray(at, at + length));
      at += length;
    }
    next += parts;
    columns.set(name, { kind, parts: taken });
  }
  return columns;
}

/** All days share the titles of their columns, of which there are some 40. */
const known = new Map<string, Title>();

function titleOf(name: string, { kind, parts: { length: parts } }: ItemColumn): Title {
  const title = known.get(name);
  if (title?.kind === kind) return title;
  const another = { name, kind, parts };
  known.set(name, another);
  return another;
}
