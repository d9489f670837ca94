import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { historiesOf } from '#worker/histories-of.ts';

/** Temporal's list still has a deleted schedule for a while. */
function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}

/** Fails where a secret is in a history, a schedule, a table or a log line. Names the place, not the secret. */
export async function findSecrets(
  secrets: readonly string[],
  { temporal, warehouse, lines }: { temporal: Client; warehouse: Warehouse; lines: readonly string[] },
): Promise<void> {
  const look = (place: string, content: Buffer) => {
    if (secrets.some((secret) => content.includes(secret))) throw new Error(`a secret is in ${place}`);
  };
  for await (const { workflowId, history } of historiesOf(temporal.workflow, temporal.workflow.list())) {
    look(`the history of ${workflowId}`, Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish()));
  }
  for await (const { scheduleId } of temporal.schedule.list()) {
    const schedule = await temporal.schedule.getHandle(scheduleId).describe().catch(ignoreNotFound);
    if (!schedule) continue;
    const { action, state, memo } = schedule;
    look(`the schedule ${scheduleId}`, Buffer.from(JSON.stringify({ action, state, memo })));
  }
  const tables = await warehouse.query({
    name: 'tables',
    // Views show what is in tables.
    sql: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'`,
    row: z.object({ name: z.string() }),
  });
  for (const { name } of tables) {
    const rows = await warehouse.query({ name, sql: `SELECT * FROM ${name}`, row: z.unknown() });
    look(`the table ${name}`, Buffer.from(JSON.stringify(rows)));
  }
  look('the log', Buffer.from(lines.join('\n')));
}
