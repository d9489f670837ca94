import { listDigestReceivers } from '#clickhouse/channels/channels.ts';
import { listSent } from '#clickhouse/channels/deliveries.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readFreshness } from '#clickhouse/coverage/freshness.ts';
import type { Channel } from '#domain/channels/channel.ts';
import { type DigestPeriod, dueDigest, waitsForDays } from '#domain/channels/digest.ts';
import { sendDigest } from '#workflows/contract/commands.ts';
import type { Dependencies } from '../context/dependencies.ts';

type Due = Pick<Channel, 'channel_id' | 'filters'> & { tenant_id: string; period: DigestPeriod };

/**
 * Starts the digests of all tenants that are due by now, each once: what has a receipt is not started again, as Temporal
 * forgets what it has started. Two statements for all, and one for each digest whose days may be missing.
 */
export async function startDigests(
  { warehouse, temporal }: Pick<Dependencies, 'warehouse' | 'temporal'>,
  { now }: { now: number },
): Promise<void> {
  for (const due of await findDue(warehouse, now)) {
    if (waitsForDays(due.period, now) && (await lacksDays(warehouse, due))) continue;
    await sendDigest(temporal, { tenant_id: due.tenant_id, channel_id: due.channel_id, digest_id: due.period.id });
  }
}

async function findDue(warehouse: Warehouse, now: number): Promise<Due[]> {
  const receivers = await listDigestReceivers(warehouse);
  const due = receivers.flatMap(({ digests, ...receiver }) =>
    digests.flatMap((digest) => {
      const period = dueDigest(digest, now);
      return period ? [{ ...receiver, period }] : [];
    }),
  );
  if (due.length === 0) return [];
  const sent = await listSent(warehouse, [...new Set(due.map(({ period }) => period.id))]);
  const nameOf = (tenantId: string, channelId: string, messageId: string) =>
    JSON.stringify([tenantId, channelId, messageId]);
  const known = new Set(sent.map((each) => nameOf(each.tenant_id, each.channel_id, each.message_id)));
  return due.filter(({ tenant_id, channel_id, period }) => !known.has(nameOf(tenant_id, channel_id, period.id)));
}

async function lacksDays(warehouse: Warehouse, { tenant_id, filters, period: { from, to } }: Due): Promise<boolean> {
  const integrations = filters.integration_id;
  return (await readFreshness(warehouse, tenant_id, { from, to, integrations })).missing_days.length > 0;
}
