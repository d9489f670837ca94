import type { ItemColumn, ItemColumns } from './item-column.ts';

/**
 * A day's columns as one piece of bytes, outside of the heap, and JSON that says where each is among them: as columns
 * a day is some 40 objects, and a small organization's year has 4,000 days that wait for their insert.
 */
export type PackedColumns = { layout: string; bytes: Buffer };

type Layout = [name: string, kind: ItemColumn['kind'], lengths: number[]][];

/** The bytes are the same for the same values: the content hash is of them. */
export function packColumns(columns: ItemColumns): PackedColumns {
  const layout: Layout = [];
  const pieces: Buffer[] = [];
  for (const [name, { kind, parts }] of columns) {
    pieces.push(Buffer.from(`\n${name}\n`), ...parts);
    layout.push([name, kind, parts.map(({ length }) => length)]);
  }
  // Not of the pool that small buffers share: one of them would keep all that was beside it.
  const bytes = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) at += piece.copy(bytes, at);
  return { layout: JSON.stringify(layout), bytes };
}

export function unpackColumns({ layout, bytes }: PackedColumns): ItemColumns {
  const columns = new Map<string, ItemColumn>();
  let at = 0;
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  for (const [name, kind, lengths] of JSON.parse(layout) as Layout) {
    take(Buffer.byteLength(name) + 2);
    columns.set(name, { kind, parts: lengths.map(take) });
  }
  return columns;
}
