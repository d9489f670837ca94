import { z } from 'zod';
import { listChannels as readChannels } from '#clickhouse/channels/channels.ts';
import { readChannelHealth } from '#clickhouse/channels/deliveries.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { channelView, viewChannel } from './channel-view.ts';

export const listChannels = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/channels',
    scope: 'costs:read',
    operationId: 'listChannels',
    summary: 'Lists channels, by name, and how their deliveries went',
    responses: {
      200: { description: 'Every channel', body: z.object({ data: z.array(channelView) }).meta({ id: 'Channels' }) },
    },
    async handle({ tenantId }) {
      const [channels, health] = await Promise.all([
        readChannels(warehouse, tenantId),
        readChannelHealth(warehouse, tenantId),
      ]);
      const byId = new Map(health.map((each) => [each.channel_id, each]));
      return json(200, { data: channels.map((channel) => viewChannel(channel, byId.get(channel.channel_id))) });
    },
  });
