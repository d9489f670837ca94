import { z } from 'zod';
import { readAlert } from '#clickhouse/alerts/list-alerts.ts';
import { listDeliveries } from '#clickhouse/channels/deliveries.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import { receiptView } from '../channels/receipt-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { alertId, alertView } from './alert-view.ts';

const deliveries = z
  .array(receiptView.extend({ channel_id: z.string() }).meta({ id: 'Delivery' }))
  .meta({ description: 'Every attempt to deliver it to a channel, in order' });

export const getAlert = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/alerts/:alert_id',
    scope: 'costs:read',
    operationId: 'getAlert',
    summary: 'Gets one alert with its history and its receipts',
    params: z.object({ alert_id: alertId }),
    responses: {
      200: { description: 'The alert', body: alertView.extend({ deliveries }).meta({ id: 'AlertDelivered' }) },
    },
    async handle({ tenantId, params: { alert_id } }) {
      const [alert, deliveries] = await Promise.all([
        readAlert(warehouse, tenantId, alert_id),
        listDeliveries(warehouse, tenantId, alert_id),
      ]);
      if (!alert) throw new Problem('not_found');
      return json(200, { ...alert, deliveries });
    },
  });
