import { DAY_MS, startOfDay } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Block, Column } from '../native/block.ts';
import { ends, textsToBytes, uint16s, uint64s } from '../native/values.ts';
import type { DayRow } from './day-row.ts';
import { joinedColumns } from './joined-columns.ts';

/**
 * Days of one table as a block. Columns that no day has are left out: the server fills them with as many defaults as
 * the days have facts.
 */
export function daysBlock({ tenant_id, integration_id }: IntegrationKey, rows: readonly DayRow[]): Block {
  const texts = (name: string, of: (row: DayRow) => string): Column => ({
    name,
    type: 'String',
    values: [textsToBytes(rows.map(of))],
  });
  const lists = rows.map(({ dropped_dimensions }) => dropped_dimensions);
  const columns = [
    texts('tenant_id', () => tenant_id),
    texts('integration_id', () => integration_id),
    ...(rows.some(({ dataset }) => dataset === 'costs') ? [] : [texts('dataset', ({ dataset }) => dataset)]),
    { name: 'day', type: 'Date', values: [uint16s(rows.map(({ day }) => startOfDay(day) / DAY_MS))] },
    { name: 'version', type: 'UInt64', values: [uint64s(rows.map(({ version }) => version))] },
    texts('content_hash', ({ content_hash }) => content_hash),
    {
      name: 'dropped_dimensions',
      type: 'Array(String)',
      values: [ends(lists.map(({ length }) => length)), textsToBytes(lists.flat())],
    },
    ...Object.keys(rows[0]?.head ?? {}).map((name) => headColumn(name, rows)),
    ...joinedColumns(rows),
  ];
  return { rows: rows.length, columns };
}

function headColumn(name: string, rows: readonly DayRow[]): Column {
  const values = rows.map(({ head }) => head[name] ?? '');
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === rows.length) return { name, type: 'String', values: [textsToBytes(texts)] };
  const entries = values.map((value) => Object.entries(value));
  const parts = [0, 1].map((at) => textsToBytes(entries.flat().map((entry) => entry[at] ?? '')));
  return { name, type: 'Map(String, String)', values: [ends(entries.map(({ length }) => length)), ...parts] };
}
