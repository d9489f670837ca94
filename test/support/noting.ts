import type { Warehouse } from '#clickhouse/client/client.ts';

/** The warehouse, with the name of each statement noted in a list. */
export function noting(warehouse: Warehouse, statements: string[]): Warehouse {
  return {
    ...warehouse,
    query(query) {
      statements.push(query.name);
      return warehouse.query(query);
    },
    insert(table, rows) {
      statements.push(`insert into ${table}`);
      return warehouse.insert(table, rows);
    },
    insertBlock(table, block) {
      statements.push(`insert into ${table}`);
      return warehouse.insertBlock(table, block);
    },
    command(name, sql, params) {
      statements.push(name);
      return warehouse.command(name, sql, params);
    },
  };
}
