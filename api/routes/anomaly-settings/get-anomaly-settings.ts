import { readAnomalySettings } from '#clickhouse/anomalies/settings.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { anomalySettings, viewSettings } from './anomaly-settings.ts';

export const getAnomalySettings = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/anomaly-settings',
    scope: 'costs:read',
    operationId: 'getAnomalySettings',
    summary: 'Gets when costs far above what is usual raise alerts',
    responses: { 200: { description: 'The settings, or the defaults', body: anomalySettings } },
    async handle({ tenantId }) {
      return json(200, viewSettings(await readAnomalySettings(warehouse, tenantId)));
    },
  });
