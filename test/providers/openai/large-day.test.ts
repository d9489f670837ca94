import { Agent } from 'undici';
import { expect, test } from 'vitest';
import { addDays, daysOf } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { bucketsOf, page, requestedDays } from './ledger.ts';
import { type Call, KEY, provider, refusal } from './provider.ts';

const WEEK = { from: '2026-01-05', to: '2026-01-12' };
const LARGE = '2026-01-07';

type Group = { project_id: string | null; api_key_id: string | null; user_id: string | null };
/** On the large day some projects with keys and users, and storage of no project; on others one row. */
function factsOf(day: string, projects: number): (Group & { amount: number })[] {
  if (day !== LARGE) return [{ project_id: 'proj_0', api_key_id: 'key_0', user_id: 'user_0', amount: 1 }];
  const billed = Array.from({ length: projects }, (_, project) =>
    ['0', '1', '2', '3'].map((one) => ({
      project_id: `proj_${project}`,
      api_key_id: `key_${project}_${one}`,
      user_id: `user_${one}`,
      amount: project + 1,
    })),
  );
  return [...billed.flat(), { project_id: null, api_key_id: null, user_id: null, amount: 1000 }];
}

/** Adds up as OpenAI does: by the requested dimensions, of the requested projects. */
function rowsOf(call: Call, day: string, projects: number) {
  const only = call.params.getAll('project_ids[]');
  const sums = new Map<string, Group & { amount: number }>();
  for (const fact of factsOf(day, projects)) {
    if (only.length > 0 && !only.includes(fact.project_id ?? '')) continue;
    const by = (name: keyof Group) => (call.groupBy.includes(name) ? fact[name] : null);
    const group = { project_id: by('project_id'), api_key_id: by('api_key_id'), user_id: by('user_id') };
    const known = sums.get(JSON.stringify(group)) ?? { ...group, amount: 0 };
    sums.set(JSON.stringify(group), { ...known, amount: known.amount + fact.amount });
  }
  return [...sums.values()].map(({ amount, ...group }) => ({
    ...group,
    line_item: 'gpt-5, input',
    amount: { value: String(amount), currency: 'usd' },
  }));
}

/** A client that takes responses of 3,000 bytes at most: about 20 rows. */
async function read(
  projects: number,
  refuse: (call: Call) => ReturnType<typeof refusal> | undefined = () => undefined,
) {
  const { openai, calls } = await provider(
    (call) => {
      const refused = refuse(call);
      if (refused) return refused;
      const start = Number(call.params.get('page') ?? 0);
      const limit = Number(call.params.get('limit'));
      const buckets = bucketsOf(call, (day) => rowsOf(call, day, projects) as never);
      return {
        body: page(buckets.slice(start, start + limit), start + limit < buckets.length ? `${start + limit}` : null),
      };
    },
    new Agent({ maxResponseSize: 3_000 }),
  );
  const { days, unreadable } = await openai.costs(KEY, WEEK);
  expect(unreadable).toEqual([]);
  expect(days.map(({ day }) => day)).toEqual(daysOf(WEEK));
  for (const { day, facts, dropped } of days) {
    expect(sumDecimals(facts.map(({ amount }) => amount))).toBe(
      String(factsOf(day, projects).reduce((sum, { amount }) => sum + amount, 0)),
    );
    if (day !== LARGE) expect({ day, dropped, key: facts[0]?.api_key_id }).toEqual({ day, dropped: [], key: 'key_0' });
  }
  const large = days.find(({ day }) => day === LARGE);
  return { facts: large?.facts ?? [], dropped: large?.dropped ?? [], calls };
}

test('a day that is too large is read project by project, with keys and users', async () => {
  const { facts, dropped, calls } = await read(12);
  expect(facts).toHaveLength(12 * 4 + 1);
  expect(facts.filter(({ project_id, user_id, api_key_id }) => project_id && !(user_id && api_key_id))).toEqual([]);
  // Costs without a project cannot be filtered by it: theirs are read without keys and users.
  expect(dropped).toEqual(['api_key_id', 'user_id', 'api_source']);
  expect(calls.length).toBeLessThan(30);
});

test('where the filter is refused, that day alone gives up sources, users, then keys', async () => {
  const refused = await read(8, ({ params }) =>
    params.has('project_ids[]') ? refusal("Unknown parameter: 'project_ids[]'", { param: 'project_ids[]' }) : undefined,
  );
  expect(refused.dropped).toEqual(['api_key_id', 'user_id', 'api_source']);
  expect(refused.facts).toHaveLength(9);
});

test('a day that is too large however it is read fails alone', async () => {
  const { openai } = await provider(
    (call) => ({
      body: requestedDays(call).includes(LARGE) ? ' '.repeat(5_000) : page(bucketsOf(call)),
    }),
    new Agent({ maxResponseSize: 3_000 }),
  );
  const { days, unreadable } = await openai.costs(KEY, { from: LARGE, to: addDays(LARGE, 3) });
  expect(days.map(({ day }) => day)).toEqual(['2026-01-08', '2026-01-09']);
  expect(unreadable).toEqual([{ day: LARGE, reason: 'response_too_large' }]);
});
