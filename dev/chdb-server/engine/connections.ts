import { randomUUID } from 'node:crypto';
import { type Connection, connect, disconnect, query } from './chdb.ts';
import { identifier, use } from './context.ts';

/** A connection, the tag by which its statement is found to be killed, and the assignments that hold. */
export type TaggedConnection = { connection: Connection; tag: string; values: ReadonlySet<string> };

export type Connections = {
  /** Opens a connection with the rights of a role. @throws ClickHouseException when the database does not exist */
  open(role: string, database: string | undefined): Promise<TaggedConnection>;
  /** A connection of this kind that no statement uses. */
  take(kind: string): TaggedConnection | undefined;
  keep(kind: string, connection: TaggedConnection): void;
  closeIdle(): void;
};

// It has all rights; a new connection has it.
export const OWNER = 'owner';

/**
 * Opens connections, and holds those that wait for the next statement of their kind: to open one and set it up takes
 * longer than a small statement. Those unused the longest are closed first.
 */
export function createConnections(directory: string, args: string[], idleLimit: number): Connections {
  let idle: { kind: string; connection: TaggedConnection }[] = [];
  return {
    async open(role, database) {
      const connection = connect(directory, args);
      try {
        if (role !== OWNER) await query(connection, `SET ROLE ${identifier(role)}`, 'Null');
        if (database) await query(connection, use(database), 'Null');
      } catch (error) {
        disconnect(connection);
        throw error;
      }
      return { connection, tag: randomUUID(), values: new Set() };
    },
    take(kind) {
      const index = idle.findLastIndex((candidate) => candidate.kind === kind);
      return idle.splice(index, index === -1 ? 0 : 1)[0]?.connection;
    },
    keep(kind, connection) {
      idle.push({ kind, connection });
      if (idle.length > idleLimit) disconnect((idle.shift() as { connection: TaggedConnection }).connection.connection);
    },
    closeIdle() {
      for (const { connection } of idle) disconnect(connection.connection);
      idle = [];
    },
  };
}
