import { writeAnomalySettings } from '#clickhouse/anomalies/settings.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { anomalySettings, anomalySettingsBody, viewSettings } from './anomaly-settings.ts';

export const updateAnomalySettings = ({ warehouse }: Dependencies) =>
  route({
    method: 'put',
    path: '/anomaly-settings',
    scope: 'budgets:write',
    operationId: 'updateAnomalySettings',
    summary: 'Updates when costs far above what is usual raise alerts, as a whole',
    description: 'The next sync judges by them. Alerts that were raised stay.',
    body: anomalySettingsBody,
    responses: { 200: { description: 'The settings', body: anomalySettings } },
    async handle({ tenantId, body }) {
      await writeAnomalySettings(warehouse, tenantId, body);
      return json(200, viewSettings(body));
    },
  });
