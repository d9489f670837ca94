import { mkdirSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { startReceiver } from '../../support/receiver.ts';
import { startProxy } from '../provider/proxy.ts';
import { createApi } from './api.ts';
import { type Disk, makeDisk } from './disk.ts';
import { startProcesses } from './processes.ts';
import { NAMESPACE } from './tenant.ts';

/** What the simulated OpenAI keeps, and so the history that a backfill reads. */
export const HISTORY_DAYS = 20;

export type Product = Awaited<ReturnType<typeof startProduct>>;

/** The whole product in processes of its own, a simulated OpenAI behind a proxy, and clients of every face. */
export async function startProduct(options: {
  seed: string;
  directory: string;
  workflowBundle: string;
  factsPerDay: number;
  withDisk: boolean;
}) {
  const { seed, directory, workflowBundle, factsPerDay, withDisk } = options;
  mkdirSync(directory, { recursive: true });
  const simulator: Simulator = await startSimulator({ seed, factsPerDay, knobs: { lookbackDays: HISTORY_DAYS } });
  const [proxy, receiver] = [await startProxy(simulator.url), await startReceiver()];
  const disk: Disk = makeDisk(directory, withDisk);
  const engineDirectory = `${disk.directory}/engine`;
  const processes = await startProcesses({ directory, engineDirectory, workflowBundle, openaiUrl: proxy.url }).catch(
    async (error) => {
      disk.remove();
      await Promise.all([proxy.close(), receiver.close(), simulator.close()]);
      throw error;
    },
  );
  const { clickhouseUrl, apiUrl, secrets, temporalAddress } = processes;
  const warehouse = openWarehouse({
    ...{ url: clickhouseUrl, user: 'default', password: secrets.CLICKHOUSE_PASSWORD },
    ...{ database: 'default', application: 'chaos' },
  });
  const connection = Connection.lazy({ address: temporalAddress });

  return {
    simulator,
    proxy,
    receiver,
    disk,
    processes,
    warehouse,
    temporal: new Client({ connection, namespace: NAMESPACE }),
    api: createApi({ url: apiUrl, token: secrets.API_TOKEN }),
    /** Rows as the engine's HTTP interface gives them, each value as text. */
    sql: <Row extends z.ZodRawShape>(sql: string, row: Row) =>
      warehouse.query({ name: 'chaos', sql, row: z.object(row) }),
    async stop() {
      await Promise.all([connection.close(), warehouse.close()]);
      await processes.stop();
      await Promise.all([proxy.close(), receiver.close(), simulator.close()]);
      disk.remove();
    },
  };
}
