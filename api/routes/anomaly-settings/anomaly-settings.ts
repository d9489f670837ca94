import { z } from 'zod';
import { type AnomalySettings, DEFAULT_SETTINGS, SENSITIVITIES } from '#domain/anomalies/sensitivity.ts';
import { CAUSE_DIMENSIONS } from '#domain/causes/cost-change.ts';
import { fixDecimal } from '#domain/decimal.ts';

const MAX_MUTED = 200;

const sensitivity = z.enum(SENSITIVITIES, `must be one of ${SENSITIVITIES.join(', ')}`).meta({
  description: 'How far above what is usual costs have to be: low tells the least; off tells nothing',
});
const dimension = z.enum(CAUSE_DIMENSIONS, `must be one of ${CAUSE_DIMENSIONS.join(', ')}`);

/** What settings are updated with. */
export const anomalySettingsBody = z
  .strictObject({
    sensitivity,
    minimum: z
      .string('must be decimal text')
      .regex(/^\d{1,15}(\.\d{1,2})?$/, 'must be decimal text, such as 20 or 99.50')
      .default(DEFAULT_SETTINGS.minimum)
      .meta({ description: 'Costs that are less than this above what is usual are not told, in their currency' }),
    muted: z
      .array(
        z
          .strictObject(
            {
              dimension,
              value: z.string('must be text').min(1, 'must not be empty').max(500, 'must have at most 500 characters'),
            },
            'must be an object',
          )
          .meta({ id: 'SubjectToMute' }),
        'must be a list',
      )
      .max(MAX_MUTED, `must have at most ${MAX_MUTED}`)
      .default([])
      .meta({ description: 'Projects, API keys, models and line items that are not told' }),
  })
  .meta({ id: 'AnomalySettingsChange' });

export const anomalySettings = z
  .object({
    sensitivity,
    minimum: z.string(),
    muted: z.array(z.object({ dimension, value: z.string() }).meta({ id: 'MutedSubject' })),
  })
  .meta({ id: 'AnomalySettings' });

export const viewSettings = ({ sensitivity, minimum, muted }: AnomalySettings): z.infer<typeof anomalySettings> => ({
  sensitivity,
  minimum: fixDecimal(minimum, 2),
  muted: [...muted],
});
