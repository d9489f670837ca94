import { z } from 'zod';

/** A forecast of a month, quarter or year. */
export const forecast = z
  .object({
    amount: z.string().meta({ description: 'The expected amount of the whole period, to the cent' }),
    low: z.string().nullable(),
    high: z.string().nullable(),
    method: z.literal('weekday_level'),
    confidence: z
      .number()
      .nullable()
      .meta({ description: 'The probability that the period ends between low and high' }),
    backtest_error_percent: z
      .string()
      .nullable()
      .meta({ description: 'The average error of the method in past periods, measured equally far from their end' }),
  })
  .meta({ id: 'Forecast' });
