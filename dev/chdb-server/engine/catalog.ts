import { connect, disconnect, query } from './chdb.ts';

/** What the engine has that may reach beyond the tables. */
export type Catalog = {
  /** In lower case. */
  tableFunctions: Set<string>;
  /** Settings whose value is a text: SQL, a path, an address. */
  textSettings: Set<string>;
};

const TABLE_FUNCTIONS = 'SELECT lower(name) FROM system.table_functions';
const TEXT_SETTINGS = `
  SELECT name FROM system.settings WHERE type IN ('String', 'Map', 'URI')
  UNION ALL SELECT name FROM system.merge_tree_settings WHERE type = 'String'`;

export async function readCatalog(directory: string, args: string[]): Promise<Catalog> {
  const connection = connect(directory, args);
  const names = async (sql: string) => {
    const { bytes } = await query(connection, sql, 'TSVRaw');
    return new Set(Buffer.from(bytes).toString().trim().split('\n'));
  };
  try {
    return { tableFunctions: await names(TABLE_FUNCTIONS), textSettings: await names(TEXT_SETTINGS) };
  } finally {
    disconnect(connection);
  }
}
