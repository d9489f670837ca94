import { Cursor } from './cursor.ts';
import { layoutOf } from './layout.ts';

/** A block of the Native format in the parts that every revision of the protocol has. */
export type Block = { head: Buffer; columns: { head: Buffer; values: Buffer }[]; bytes: number };

const WITH_BLOCK_INFO = 51903;
const WITH_CUSTOM_SERIALIZATION = 54454;
// Fields 1, "overflows", and 2, "bucket", with what they are of an ordinary result; then the end.
const BLOCK_INFO = Buffer.from([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0]);
const NOT_CUSTOM = Buffer.from([0]);

/** Whether blocks of a revision differ from those that the engine reads and writes. */
export function differs(revision: number): boolean {
  return revision >= WITH_BLOCK_INFO;
}

/** Reads the first block. @throws EndOfBytes when there is only a part of it */
export function readBlock(bytes: Buffer, revision: number): Block {
  const cursor = new Cursor(bytes);
  const since = (start: number) => bytes.subarray(start, cursor.at);
  if (revision >= WITH_BLOCK_INFO) skipBlockInfo(cursor);
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
    if (revision >= WITH_CUSTOM_SERIALIZATION && cursor.byte() !== 0) throw new Error('a column is sparse');
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

function skipBlockInfo(cursor: Cursor): void {
  for (let field = cursor.varUint(); field !== 0; field = cursor.varUint()) {
    if (field === 1) cursor.skip(1);
    else if (field === 2) cursor.skip(4);
    else if (field === 3) cursor.skip(4 * cursor.varUint());
    else throw new Error(`the block's field ${field} is not known`);
  }
}
