import { hash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { listChannels, writeChannel } from '#clickhouse/channels/channels.ts';
import { isDeleted } from '#clickhouse/writes/is-deleted.ts';
import { CHANNEL_KINDS } from '#domain/channels/channel.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import { namedFilters } from '../cost-filters.ts';
import type { Dependencies } from '../dependencies.ts';
import { checkDestination, hostOf, secretFields, storeSecrets } from './channel-secrets.ts';
import { channelFields, channelView, viewChannel } from './channel-view.ts';

/** Each alert is an activity for each channel. */
const MAX_CHANNELS = 20;

const body = z
  .strictObject({
    kind: z.enum(CHANNEL_KINDS, 'must be webhook, slack or email'),
    ...channelFields,
    ...secretFields,
  })
  .meta({ id: 'NewChannel' });

export const createChannel = (dependencies: Dependencies) =>
  route({
    method: 'post',
    path: '/channels',
    scope: 'channels:write',
    idempotent: true,
    operationId: 'createChannel',
    summary: 'Creates a channel: a webhook, an incoming webhook of Slack, or e-mail',
    description:
      'A tenant has at most 20. With the same `idempotency-key`, the channel that was created first is returned.',
    body,
    responses: { 201: { description: 'The channel', body: channelView } },
    problems: ['invalid_json', 'body_too_large', 'too_many_channels', 'idempotency_key_reused'],
    async handle({ tenantId, body: { url, signing_secret, ...given }, idempotencyKey }) {
      const { warehouse } = dependencies;
      checkDestination(dependencies, given.kind, { ...given, url, signing_secret }, true);
      const channel_id = channelIdOf(tenantId, idempotencyKey || randomUUID());
      const channels = await listChannels(warehouse, tenantId);
      const existing = channels.find((each) => each.channel_id === channel_id);
      if (!existing && channels.length >= MAX_CHANNELS) throw new Problem('too_many_channels');
      // A request that is repeated late must not bring back what was deleted since.
      if (!existing && idempotencyKey && (await isDeleted(warehouse, 'channels', { tenantId, id: channel_id }))) {
        throw new Problem('idempotency_key_reused');
      }
      const channel = existing ?? {
        channel_id,
        ...given,
        filters: namedFilters(given.filters),
        host: url ? hostOf(url) : '',
      };
      if (!existing) {
        await storeSecrets(dependencies, { tenant_id: tenantId, channel_id }, { url, signing_secret });
        await writeChannel(warehouse, tenantId, channel);
      }
      return json(201, viewChannel(channel), { location: `/v1/channels/${channel_id}` });
    },
  });

/** The same idempotency key always names the same channel. */
export const channelIdOf = (tenantId: string, idempotencyKey: string) =>
  `channel-${hash('sha256', JSON.stringify([tenantId, idempotencyKey]), 'hex').slice(0, 16)}`;
