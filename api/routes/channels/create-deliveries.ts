import { z } from 'zod';
import { readChannel } from '#clickhouse/channels/channels.ts';
import { OUTCOMES } from '#domain/channels/channel.ts';
import { startSendMissed } from '#workflows/contract/commands.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { startAndWait } from '../integrations/deadline.ts';
import { channelId } from './channel-view.ts';

const resent = z
  .object({
    sent: z.int().meta({ description: 'How many messages were delivered' }),
    left: z.int().meta({ description: 'How many are left: not delivered, or not sent' }),
    failure: z
      .object({ outcome: z.enum(OUTCOMES), status: z.number() })
      .meta({ id: 'DeliveryFailure' })
      .nullable()
      .meta({
        description:
          'How the attempt of the first that was not delivered ended; null where none failed: if some are left, send the request again',
      }),
  })
  .meta({ id: 'Resent' });

export const createDeliveries = ({ warehouse, temporal }: Dependencies) =>
  route({
    method: 'post',
    path: '/channels/:channel_id/deliveries',
    scope: 'channels:write',
    operationId: 'createDeliveries',
    summary: 'Creates deliveries: sends what a channel has not got again',
    description:
      'Alerts and digests of the last 30 days, the oldest first, at most 100 at once, until the channel takes none. One that it refuses by itself, as by the status 422, holds up no other. Each has the `webhook-id` that it had before. Safe to repeat: what was delivered is not sent again.',
    params: z.object({ channel_id: channelId }),
    responses: {
      201: { description: 'How many were delivered', body: resent },
      202: {
        description: 'It takes long. The channel will show how many are left',
        body: z.object({ status_url: z.string() }).meta({ id: 'RunningDeliveries' }),
      },
    },
    problems: ['change_interrupted'],
    async handle({ tenantId, params: { channel_id } }) {
      if (!(await readChannel(warehouse, tenantId, channel_id))) throw new Problem('not_found');
      const location = `/v1/channels/${channel_id}`;
      const start = () => startSendMissed(temporal, { tenant_id: tenantId, channel_id });
      const done = await startAndWait(temporal, start);
      return done ? json(201, done.result, { location }) : json(202, { status_url: location }, { location });
    },
  });
