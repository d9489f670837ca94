import type { Costs } from '#api/routes/costs/get-costs.ts';

/** Half-open. */
export type Month = { from: string; to: string };

type Api = { api: string; secrets: { API_TOKEN: string } };

/** The costs of a month by project, as the API has them. */
export async function expectedCosts({ api, secrets }: Api, month: Month): Promise<Record<string, string>> {
  const query = new URLSearchParams({ ...month, group_by: 'project_id', limit: '1000' });
  const headers = { authorization: `Bearer ${secrets.API_TOKEN}` };
  const { data } = (await (await fetch(`${api}/v1/costs?${query}`, { headers })).json()) as Costs;
  return plain(Object.fromEntries(data.map(({ project_id, amount }) => [project_id ?? '', amount])));
}

/** In one order, without the zeros at the end that some clients show. */
export function plain(costs: Record<string, string>): Record<string, string> {
  const entries = Object.entries(costs).map(([project, amount]) => [project, amount.replace(/\.?0+$/, '')]);
  return Object.fromEntries(entries.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
