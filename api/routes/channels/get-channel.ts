import { z } from 'zod';
import { readChannel } from '#clickhouse/channels/channels.ts';
import { readChannelHealth } from '#clickhouse/channels/deliveries.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { channelId, channelView, viewChannel } from './channel-view.ts';

export const getChannel = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/channels/:channel_id',
    scope: 'costs:read',
    operationId: 'getChannel',
    summary: 'Gets one channel, and how its deliveries went',
    params: z.object({ channel_id: channelId }),
    responses: { 200: { description: 'The channel', body: channelView } },
    async handle({ tenantId, params: { channel_id } }) {
      const [channel, health] = await Promise.all([
        readChannel(warehouse, tenantId, channel_id),
        readChannelHealth(warehouse, tenantId),
      ]);
      if (!channel) throw new Problem('not_found');
      return json(
        200,
        viewChannel(
          channel,
          health.find((each) => each.channel_id === channel_id),
        ),
      );
    },
  });
