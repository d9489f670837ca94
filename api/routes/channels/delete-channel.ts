import { z } from 'zod';
import { blankChannelSecrets } from '#clickhouse/channels/channel-secrets.ts';
import { readChannel, writeChannel } from '#clickhouse/channels/channels.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { channelId } from './channel-view.ts';

export const deleteChannel = ({ warehouse }: Dependencies) =>
  route({
    method: 'delete',
    path: '/channels/:channel_id',
    scope: 'channels:write',
    operationId: 'deleteChannel',
    summary: 'Deletes a channel and its secrets; what is under way is not sent any more',
    params: z.object({ channel_id: channelId }),
    responses: {
      200: {
        description: 'The channel is deleted',
        body: z.object({ id: z.string(), status: z.literal('deleted') }).meta({ id: 'DeletedChannel' }),
      },
    },
    async handle({ tenantId, params: { channel_id } }) {
      const channel = await readChannel(warehouse, tenantId, channel_id);
      if (!channel) throw new Problem('not_found');
      // Where messages went to is nobody's to keep.
      await writeChannel(warehouse, tenantId, { ...channel, host: '', recipients: [] }, true);
      await blankChannelSecrets(warehouse, { tenant_id: tenantId, channel_id });
      return json(200, { id: channel_id, status: 'deleted' as const });
    },
  });
