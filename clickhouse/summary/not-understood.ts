import { z } from 'zod';

/** SQL of whether a fact's line item is not understood in full: wholly, or but for a qualifier. */
export const IS_UNKNOWN = `token_type = 'other' OR unknown_qualifier != ''`;

export const notUnderstood = z
  .object({
    amount: z.string().meta({ description: 'What these line items cost; refunds count as costs do' }),
    unclassified_amount: z.string().meta({
      description: 'Of it, the part whose model or token type is unknown; of the rest, a qualifier is',
    }),
    all_amount: z.string().meta({ description: 'The same of all line items, whose one percent would be worth a look' }),
    line_items: z.array(z.string()).meta({ description: 'The ten with the highest costs' }),
  })
  .meta({ id: 'NotUnderstood' });

export const rareDimensions = z
  .object({ api_source: z.array(z.string()), service_tier: z.array(z.string()) })
  .meta({ id: 'RareDimensions' });
