import { z } from 'zod';
import { type AnomalySettings, DEFAULT_SETTINGS, SENSITIVITIES } from '#domain/anomalies/sensitivity.ts';
import { ANOMALY_DIMENSIONS } from '#domain/anomalies/series.ts';
import { fixDecimal } from '#domain/decimal.ts';

const MAX_MUTED = 200;

const mutedSubject = z
  .strictObject(
    {
      dimension: z.enum(ANOMALY_DIMENSIONS, `must be one of ${ANOMALY_DIMENSIONS.join(', ')}`),
      value: z.string('must be text').min(1, 'must not be empty').max(500, 'must have at most 500 characters'),
    },
    'must be an object',
  )
  .meta({ id: 'MutedSubject' });

/** What a tenant is told of; the same when it is read and when it is written. */
export const anomalySettings = z
  .strictObject({
    sensitivity: z.enum(SENSITIVITIES, `must be one of ${SENSITIVITIES.join(', ')}`).meta({
      description: 'How far above what is usual costs have to be: low tells the least; off tells nothing',
    }),
    minimum: z
      .string('must be decimal text')
      .regex(/^\d{1,15}(\.\d{1,2})?$/, 'must be decimal text, such as 20 or 99.50')
      .default(DEFAULT_SETTINGS.minimum)
      .meta({ description: 'Costs that are less than this above what is usual are not told, in their currency' }),
    muted: z
      .array(mutedSubject, 'must be a list')
      .max(MAX_MUTED, `must have at most ${MAX_MUTED}`)
      .default([])
      .meta({ description: 'Projects, API keys, models and line items that are not told' }),
  })
  .meta({ id: 'AnomalySettings' });

export const viewSettings = ({ sensitivity, minimum, muted }: AnomalySettings): z.infer<typeof anomalySettings> => ({
  sensitivity,
  minimum: fixDecimal(minimum, 2),
  muted: [...muted],
});
