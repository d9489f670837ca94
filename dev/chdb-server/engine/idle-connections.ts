import { type Connection, disconnect } from './chdb.ts';

/** A connection, the tag by which its statement is found to be killed, and the statement that set its values. */
export type TaggedConnection = { connection: Connection; tag: string; valuesSetBy: string };

export type IdleConnections = {
  /** A connection of this kind that no statement uses. */
  take(kind: string): TaggedConnection | undefined;
  keep(kind: string, connection: TaggedConnection): void;
  closeAll(): void;
};

/**
 * Connections that wait for the next statement of their kind: to open one and set it up takes longer than a small
 * statement. Those unused the longest are closed first.
 */
export function idleConnections(limit: number): IdleConnections {
  let idle: { kind: string; connection: TaggedConnection }[] = [];
  return {
    take(kind) {
      const index = idle.findLastIndex((candidate) => candidate.kind === kind);
      return idle.splice(index, index === -1 ? 0 : 1)[0]?.connection;
    },
    keep(kind, connection) {
      idle.push({ kind, connection });
      if (idle.length > limit) disconnect((idle.shift() as { connection: TaggedConnection }).connection.connection);
    },
    closeAll() {
      for (const { connection } of idle) disconnect(connection.connection);
      idle = [];
    },
  };
}
