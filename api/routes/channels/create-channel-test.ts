import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readChannel } from '#clickhouse/channels/channels.ts';
import { startChannelTest } from '#workflows/contract/commands.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { startAndWait } from '../integrations/deadline.ts';
import { channelId } from './channel-view.ts';
import { receiptView } from './receipt-view.ts';

export const createChannelTest = ({ warehouse, temporal }: Dependencies) =>
  route({
    method: 'post',
    path: '/channels/:channel_id/tests',
    scope: 'channels:write',
    operationId: 'createChannelTest',
    summary: 'Creates a test: sends one to the channel, and responds with its receipt',
    params: z.object({ channel_id: channelId }),
    responses: {
      201: { description: 'How the attempt ended', body: receiptView },
      202: {
        description: 'It takes long. The channel will show how it ended',
        body: z.object({ status_url: z.string() }).meta({ id: 'RunningTest' }),
      },
    },
    problems: ['change_interrupted'],
    async handle({ tenantId, params: { channel_id } }) {
      if (!(await readChannel(warehouse, tenantId, channel_id))) throw new Problem('not_found');
      const channel = { tenant_id: tenantId, channel_id, test_id: `test-${randomUUID()}` };
      const attempted_at = new Date().toISOString();
      const done = await startAndWait(temporal, () => startChannelTest(temporal, channel));
      const location = `/v1/channels/${channel_id}`;
      if (!done) return json(202, { status_url: location }, { location });
      if (!done.result) throw new Problem('not_found');
      return json(201, { attempted_at, ...done.result }, { location });
    },
  });
