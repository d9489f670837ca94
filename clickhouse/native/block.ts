import { textsToBytes, varUint } from './values.ts';

/** A column's values, as the format has them. The server converts a type that differs from the table's. */
export type Column = { name: string; type: string; values: readonly Buffer[] };

/** Rows of a table, column by column. */
export type Block = { rows: number; columns: readonly Column[] };

/** A block in the Native format. */
export function blockToBytes({ rows, columns }: Block): Buffer[] {
  return [
    Buffer.concat([varUint(columns.length), varUint(rows)]),
    ...columns.flatMap(({ name, type, values }) => [textsToBytes([name, type]), ...values]),
  ];
}
