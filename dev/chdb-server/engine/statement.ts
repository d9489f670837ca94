import type { Change } from '../sql/statement.ts';
import type { Write } from './pipe-reader.ts';

/** A query's SQL has the path of the pipe that it writes into; `data` follow an INSERT. */
export type EngineStatement =
  | { kind: 'command'; sql: string; changes: Change; substitutions: readonly string[] }
  | { kind: 'insert'; sql: string; data?: Uint8Array }
  | { kind: 'query'; sql: (pipe: string) => string; write: Write; substitutions: readonly string[] };
