// Compiled and run beside the generated clients. After `if (error)`, data are there: without that, it does not compile.
import createFetchClient from 'openapi-fetch';
import { client } from './hey/client.gen.ts';
import { type Costs, exportRows, getCosts, getCostsSummary } from './hey/index.ts';
import type { components, paths } from './paths.ts';

const { API_URL: baseUrl = '', TOKEN = '', FROM: from = '', TO: to = '' } = process.env;
const headers = { authorization: `Bearer ${TOKEN}` };
const query = { from, to, group_by: ['project_id' as const], limit: 1000 };
const print = ({ data }: { data: readonly { project_id?: string; amount: string }[] }) =>
  process.stdout.write(
    `${JSON.stringify({ costs: Object.fromEntries(data.map((row) => [row.project_id, row.amount])) })}\n`,
  );

async function ofOpenapiFetch(): Promise<components['schemas']['Costs']> {
  const api = createFetchClient<paths>({
    baseUrl,
    headers,
    querySerializer: { array: { style: 'form', explode: true } },
  });
  const refused = await api.GET('/v1/views/{view_id}', { params: { path: { view_id: 'view-0000000000000000' } } });
  if (refused.error?.code !== 'not_found') throw new Error('A problem has its code');
  const { data, error } = await api.GET('/v1/costs', { params: { query } });
  if (error) throw new Error(`${error.code}: ${error.detail}`);
  return data;
}

async function ofHeyApi(): Promise<Costs> {
  client.setConfig({ baseUrl, headers });
  const summary = await getCostsSummary();
  if (summary.error) throw new Error(summary.error.code);
  if (!/^\d/.test(summary.data.forecast?.amount ?? '')) throw new Error('The summary has a forecast');
  const file = await exportRows({
    path: { dataset: 'costs' },
    query: { from, to, format: 'parquet' },
    parseAs: 'blob',
  });
  if (file.error) throw new Error(file.error.code);
  const start = await (file.data as unknown as Blob).slice(0, 4).text();
  if (start !== 'PAR1') throw new Error('Parquet arrives as bytes');
  const { data, error } = await getCosts({ query });
  if (error) throw new Error(`${error.code}: ${error.detail}`);
  return data;
}

print(await ofOpenapiFetch());
print(await ofHeyApi());
