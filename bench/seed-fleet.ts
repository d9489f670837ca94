import { availableParallelism } from 'node:os';
import { mapConcurrently } from '#activities/context/map-concurrently.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { USAGE_DATASETS } from '#domain/dataset.ts';

/** Integrations of one statement, which has one thread. */
const EACH = 500;

/** Writes the notes and totals of a year of many small integrations, 100 a tenant, one fact a day. */
export async function seedFleet(warehouse: Warehouse, { integrations, from }: { integrations: number; from: string }) {
  const starts = Array.from({ length: Math.ceil(integrations / EACH) }, (_, index) => index * EACH);
  await mapConcurrently(starts, availableParallelism(), (first) =>
    seedSome(warehouse, { first, count: Math.min(EACH, integrations - first), from }),
  );
}

async function seedSome(warehouse: Warehouse, params: { first: number; count: number; from: string }) {
  const key = `concat('fleet-', toString(intDiv(number, 100))), concat('i-', toString(number))`;
  const day = `toDate({from: String}) + arrayJoin(range(365))`;
  await warehouse.command(
    'seed fleet',
    `INSERT INTO integration_records (tenant_id, integration_id, version, status, history_from, history_to)
     SELECT ${key}, 1, 'connected', {from: String}, toDate({from: String}) + 365 FROM numbers({first: UInt32}, {count: UInt32})`,
    params,
  );
  await warehouse.command(
    'seed fleet reads',
    `INSERT INTO day_reads (tenant_id, integration_id, dataset, day, version, items)
     SELECT ${key}, arrayJoin({datasets: Array(String)}), ${day}, 1800000000000, 1
     FROM numbers({first: UInt32}, {count: UInt32})`,
    { ...params, datasets: ['costs', ...USAGE_DATASETS] },
  );
  await warehouse.command(
    'seed fleet costs',
    `INSERT INTO cost_days (tenant_id, integration_id, day, version, provider_total, provider_totals,
       items.amount, items.currency, items.model, items.line_item)
     SELECT ${key}, ${day}, 1800000000000, 1, map('usd', 1), [1], ['usd'], ['gpt'], ['gpt, input']
     FROM numbers({first: UInt32}, {count: UInt32})`,
    params,
  );
}
