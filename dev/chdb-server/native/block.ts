import { Cursor } from '#clickhouse/native/cursor.ts';
import { layoutOf } from './layout.ts';

/** A block of the Native format in the parts between which later revisions of the protocol have more. */
export type Block = { head: Buffer; columns: { head: Buffer; values: Buffer }[]; bytes: number };

const WITH_BLOCK_INFO = 51903;
const WITH_CUSTOM_SERIALIZATION = 54454;
// Fields 1, "overflows", and 2, "bucket", with what they are of an ordinary result; then the end.
const BLOCK_INFO = Buffer.from([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0]);
const NOT_CUSTOM = Buffer.from([0]);

/** Whether blocks of a revision differ from those that the engine writes. */
export function differs(revision: number): boolean {
  return revision >= WITH_BLOCK_INFO;
}

/** Reads the first block, of revision 0. @throws EndOfBytes when there is only a part of it */
export function readBlock(bytes: Buffer): Block {
  const cursor = new Cursor(bytes);
  const since = (start: number) => bytes.subarray(start, cursor.at);
  const start = cursor.at;
  const count = cursor.varUint();
  const rows = cursor.varUint();
  const head = since(start);
  const columns: Block['columns'] = [];
  while (columns.length < count) {
    const headStart = cursor.at;
    cursor.string();
    const layout = layoutOf(cursor.string());
    const columnHead = since(headStart);
    const valuesStart = cursor.at;
    if (rows > 0) {
      layout.prefix(cursor);
      layout.values(cursor, rows);
    }
    columns.push({ head: columnHead, values: since(valuesStart) });
  }
  return { head, columns, bytes: cursor.at };
}

export function writeBlock({ head, columns }: Block, revision: number): Buffer {
  const custom = revision >= WITH_CUSTOM_SERIALIZATION ? [NOT_CUSTOM] : [];
  return Buffer.concat([
    ...(revision >= WITH_BLOCK_INFO ? [BLOCK_INFO] : []),
    head,
    ...columns.flatMap((column) => [column.head, ...custom, column.values]),
  ]);
}
