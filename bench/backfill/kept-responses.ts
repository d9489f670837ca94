import { join } from 'node:path';
import type { Part } from '#dev/stack/supervisor/part.ts';
import { probeTcp } from '#dev/stack/system/probes.ts';
import { retry } from '#dev/stack/system/retry.ts';
import { USAGE_ENDPOINTS } from '#domain/dataset.ts';
import { addDays, dayAt, startOfDay } from '#domain/day.ts';
import { HISTORY_DAYS } from '#domain/sync.ts';
import { COSTS } from '#providers/openai/costs/cost-source.ts';
import { USAGE_GROUP_BY } from '#providers/openai/usage/usage-endpoints.ts';
import { readNothing } from './limit.ts';

export type Kept = { origin: string; adminKey: string; factsPerDay: number; latency: number };

/** The process that stands in for OpenAI. */
export function keptOpenAi({ origin, adminKey, factsPerDay, latency }: Kept, machine: NodeJS.ProcessEnv): Part {
  const { port } = new URL(origin);
  const options = { port, 'facts-per-day': factsPerDay, 'admin-key': adminKey, latency };
  return {
    name: 'openai',
    title: 'OpenAI',
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'kept-openai.ts'),
      ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ],
    env: machine,
    ready: (signal) => retry(() => probeTcp('127.0.0.1', Number(port)), signal),
  };
}

/**
 * Has every day of a year's queries made, before it is needed: day by day, since the simulator forgets the days that it
 * has invented, and would invent each again for each query.
 */
export async function makeResponses({ origin, adminKey }: Kept): Promise<void> {
  const queries: [string, readonly string[]][] = [
    ['costs', COSTS.groupBy],
    ['costs', COSTS.groupBy.slice(0, 2)], // of days for which keys and users are refused
    ['costs', []],
    ['costs', COSTS.groupBy.slice(0, 1)], // the check of the key
    ...USAGE_ENDPOINTS.map((endpoint): [string, readonly string[]] => [`usage/${endpoint}`, USAGE_GROUP_BY[endpoint]]),
  ];
  const now = Math.floor(Date.now() / 1000);
  const paths = Array.from({ length: HISTORY_DAYS + 1 }, (_, index) => addDays(dayAt(now * 1000), -index)).flatMap(
    (day) =>
      queries.map(([path, groupBy]) => {
        const params = new URLSearchParams({
          start_time: String(startOfDay(day) / 1000),
          end_time: String(Math.min(startOfDay(addDays(day, 1)) / 1000, now)),
          bucket_width: '1d',
          limit: '1',
        });
        for (const dimension of groupBy) params.append('group_by[]', dimension);
        return `/v1/organization/${path}?${params}`;
      }),
  );
  await readNothing(origin, paths, adminKey);
}
