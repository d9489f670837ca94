import { z } from 'zod';
import { readChannel, writeChannel } from '#clickhouse/channels/channels.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import { namedFilters } from '../cost-filters.ts';
import type { Dependencies } from '../dependencies.ts';
import { checkDestination, hostOf, secretFields, storeSecrets } from './channel-secrets.ts';
import { channelFields, channelId, channelView, viewChannel } from './channel-view.ts';

export const updateChannel = (dependencies: Dependencies) =>
  route({
    method: 'put',
    path: '/channels/:channel_id',
    scope: 'channels:write',
    operationId: 'updateChannel',
    summary: 'Updates a channel, as a whole',
    description: 'Its `url` and its `signing_secret` stay as they are where they are not given.',
    params: z.object({ channel_id: channelId }),
    body: z.strictObject({ ...channelFields, ...secretFields }).meta({ id: 'ChannelChange' }),
    responses: { 200: { description: 'The channel', body: channelView } },
    async handle({ tenantId, params: { channel_id }, body: { url, signing_secret, ...given } }) {
      const { warehouse } = dependencies;
      const before = await readChannel(warehouse, tenantId, channel_id);
      if (!before) throw new Problem('not_found');
      checkDestination(dependencies, before.kind, { ...given, url, signing_secret }, false);
      await storeSecrets(dependencies, { tenant_id: tenantId, channel_id }, { url, signing_secret });
      const host = url ? hostOf(url) : before.host;
      const channel = { ...before, ...given, filters: namedFilters(given.filters), host };
      await writeChannel(warehouse, tenantId, channel);
      return json(200, viewChannel(channel));
    },
  });
