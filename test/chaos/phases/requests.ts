import type { Product } from '../product/product.ts';
import { TENANT } from '../product/tenant.ts';
import { until } from '../product/until.ts';

const LIMIT_MS = 180_000;

/** Sends a key as often as it takes. @returns the integration's id */
export function connect({ api }: Product, adminKey: string): Promise<string> {
  return until('the key is connected', LIMIT_MS, async () => {
    let response = await api.call('POST', '/v1/integrations', { admin_key: adminKey });
    while (response.status === 202) response = await api.get(String(response.body.status_url));
    if (response.status !== 201) throw new Error(`${response.status} ${response.code}`);
    return String(response.body.id);
  });
}

/** Disconnects as often as it takes. */
export async function disconnect(product: Product, query: '' | '?purge=true'): Promise<void> {
  const id = await idOf(product);
  await until('it is disconnected', LIMIT_MS, async () => {
    const { status, code } = await product.api.call('DELETE', `/v1/integrations/${id}${query}`);
    if (status !== 200 && status !== 404) throw new Error(`${status} ${code}`);
    return true;
  });
}

/** Requests a range of days again. */
export async function syncRange(product: Product, range: { from: string; to: string }): Promise<void> {
  const id = await idOf(product);
  await until('the range is requested', LIMIT_MS, async () => {
    const { status, code } = await product.api.call('POST', `/v1/integrations/${id}/syncs`, range);
    if (status !== 202) throw new Error(`${status} ${code}`);
    return true;
  });
}

/** Triggers the daily schedule, as the Temporal UI does. */
export async function triggerDaily(product: Product): Promise<void> {
  const schedule = product.temporal.schedule.getHandle(`daily-sync/${TENANT}/${await idOf(product)}`);
  await until('the schedule is triggered', LIMIT_MS, async () => {
    await schedule.trigger();
    return true;
  });
}

/** The id of the one integration. */
const idOf = ({ api }: Product) =>
  until('the integration is listed', LIMIT_MS, async () => {
    const { body } = await api.get('/v1/integrations');
    return (body.data as { id: string }[])[0]?.id;
  });
