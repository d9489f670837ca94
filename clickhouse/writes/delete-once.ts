import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';
import { WarehouseError } from '../client/warehouse-error.ts';

/** Rows to delete: `name` tells deletions of the same purge apart; `partition`: the only one that has such rows. */
export type Deletion = {
  name: string;
  table: string;
  partition?: string | undefined;
  where: string;
  params: Record<string, unknown>;
};

/** `id` is the same however often the purge is tried. `sleep` rejects when it is to be given up. */
export type Purge = { id: string; sleep: (milliseconds: number) => Promise<unknown> };

const FIRST_POLL_MS = 20;
const POLL_MS = 5_000;

const markOf = (id: string, { name }: Deletion) => `${id}:${name};`;

/**
 * Files deletions as mutations, each once: its condition holds the purge's id, by which `system.mutations` tells whether
 * it is there. From then on the rows are read no more (`WITHOUT_DELETED`). What is inserted later, none of them deletes.
 */
export async function fileOnce(warehouse: Warehouse, id: string, deletions: readonly Deletion[]): Promise<void> {
  const filed = await listMutations(warehouse, id);
  for (const deletion of deletions) {
    const { name, table, partition, where, params } = deletion;
    const mark = markOf(id, deletion);
    if (filed.some(({ command }) => command.includes(mark))) continue;
    await warehouse.command(
      `purge ${name}`,
      `ALTER TABLE ${table} DELETE ${partition ? `IN PARTITION ID '${partition}'` : ''} WHERE ${where} AND {mark: String} != '' SETTINGS mutations_sync = 0`,
      { ...params, mark },
    );
  }
}

/** Files deletions and waits until they are done: mutations rewrite whole parts, and may take longer than any request. */
export async function deleteOnce(
  warehouse: Warehouse,
  { id, sleep }: Purge,
  deletions: readonly Deletion[],
): Promise<void> {
  await fileOnce(warehouse, id, deletions);
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(2 * wait, POLL_MS)) {
    const mutations = await listMutations(warehouse, id);
    const states = deletions.map((deletion) => mutations.find(({ command }) => command.includes(markOf(id, deletion))));
    if (states.every((state) => state?.is_done)) return;
    if (states.some((state) => state?.has_failed)) throw unfinished('is refused: see latest_fail_reason in');
    // Another replica may not know of it for a moment; one that was killed is gone for good.
    if (wait === POLL_MS && states.includes(undefined)) throw unfinished('is no longer in');
    await sleep(wait);
  }
}

const unfinished = (why: string) => new WarehouseError(`A mutation of the purge ${why} system.mutations.`, '', '');

function listMutations(warehouse: Warehouse, id: string) {
  return warehouse.query({
    name: 'mutations of a purge',
    sql: `SELECT command, toBool(is_done) AS is_done, toBool(latest_fail_reason != '') AS has_failed FROM system.mutations
          WHERE database = currentDatabase() AND position(command, {id: String}) > 0`,
    params: { id },
    row: z.object({ command: z.string(), is_done: z.boolean(), has_failed: z.boolean() }),
  });
}
