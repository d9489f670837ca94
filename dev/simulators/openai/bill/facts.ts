import type { Day } from '../arithmetic/day.ts';
import { type Exact, multiply, SCALE } from '../arithmetic/exact.ts';
import { randomFrom } from '../arithmetic/random.ts';
import { between, growth, isQuiet, launch, weekRhythm } from '../organization/calendar.ts';
import { apiKeyIdOf, type Organization, userOf } from '../organization/organization.ts';
import { type CatalogItem, catalog, priceOn } from './catalog.ts';
import { apiSourceOf, newWorkloads, type Workload, workloads } from './workloads.ts';

/** The finest row of the bill: project × line item × API key × user on a day. */
export interface Fact {
  project_id: string | null;
  project_name: string | null;
  line_item: string;
  api_key_id: string | null;
  user_id: string | null;
  user_email: string | null;
  api_source: 'agents_api' | 'unlabeled';
  amount: Exact;
  quantity: Exact | null;
  quantity_unit: string | null;
}

export interface SpendOptions {
  seed: string;
  organization: Organization;
  /** About how many facts an ordinary day has. Beyond 100 the same traffic is spread over more keys and users. */
  factsPerDay: number;
  /** Gives some amounts digits beyond the eighteenth decimal. */
  longDecimals: boolean;
}

const ORDINARY = 100;

/** What was spent on a day, or in the first `share` of it. The same options and day always give the same facts. */
export function factsOf(day: Day, share: number, options: SpendOptions): Fact[] {
  if (isQuiet(day)) return [];
  const facts: Fact[] = [];
  for (const [index, workload] of workloadsOf(options.factsPerDay).entries()) {
    const shards = shardsOf(workload, options.factsPerDay);
    for (let shard = 0; shard < shards; shard++) {
      const random = randomFrom(`${options.seed}/${day}/${index}/${shard}`);
      const requests = requestsOn(day, workload, random) / shards;
      if (requests > 0) facts.push(...bill(day, workload, shard, requests * share, random, options));
    }
  }
  return facts;
}

/** What an organization of this size does: a small one has only the beginning of the list. */
export const workloadsOf = (factsPerDay: number): Workload[] =>
  factsPerDay < ORDINARY
    ? workloads.slice(0, Math.max(1, Math.ceil((workloads.length * factsPerDay) / ORDINARY)))
    : [...workloads, ...newWorkloads];

/** How many keys and users it is spread over; 1 without a user, or for a single fee. */
export function shardsOf({ user, requests }: Pick<Workload, 'user' | 'requests'>, factsPerDay: number): number {
  return user === null || requests === 1 ? 1 : Math.max(1, Math.round(factsPerDay / ORDINARY));
}

/** How many requests it makes on the day; always the first two numbers of `random` are used. */
export function requestsOn(day: Day, workload: Omit<Workload, 'product'>, random: () => number): number {
  const runs = random() < (workload.often ?? 1);
  const arrived = workload.arrives ? between(day, ...workload.arrives) : 1;
  const left = workload.leaves ? between(day, ...workload.leaves) : 0;
  const noise = 0.85 + 0.3 * random();
  if (!runs) return 0;
  // A credit or a fee is one unit, whatever the day.
  const rhythm = workload.requests === 1 ? 1 : growth(day) * noise * (workload.launched ? launch(day) : 1);
  return workload.requests * rhythm * weekRhythm(day, workload.weekend) * arrived * (1 - left);
}

function bill(
  day: Day,
  workload: Workload,
  shard: number,
  requests: number,
  random: () => number,
  { organization, longDecimals }: SpendOptions,
): Fact[] {
  const project = workload.project ? organization.projects.get(workload.project) : undefined;
  const user = workload.user ? userOf(organization, workload.user, shard) : null;
  const items: CatalogItem[] = catalog[workload.product];
  return items.flatMap((item) => {
    const steps = Math.round(requests * item.perRequest * (0.92 + 0.16 * random()) * 10 ** item.decimals);
    const dust = longDecimals && random() < 0.1 ? BigInt(Math.floor(random() * 1e15)) * 10n ** 5n + 7n : 0n;
    if (steps === 0) return [];
    const quantity = BigInt(steps) * 10n ** BigInt(SCALE - item.decimals);
    return {
      project_id: project?.id ?? null,
      project_name: project?.name ?? null,
      line_item: item.lineItem,
      api_key_id: workload.apiKey && apiKeyIdOf(organization, workload.apiKey, shard),
      user_id: user?.id ?? null,
      user_email: user?.email ?? null,
      api_source: apiSourceOf(workload.apiKey),
      amount: multiply(quantity, priceOn(item, day)) + dust,
      quantity,
      quantity_unit: item.unit,
    };
  });
}
