import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { mover } from '#clickhouse/summary/top-movers.ts';
import { BUDGET_STATES } from '#domain/budgets/evaluate-budget.ts';
import { DIGESTS } from '#domain/channels/channel.ts';
import type { Message } from '#domain/channels/message.ts';
import { decimal } from '../routes/aggregates/aggregate-response.ts';
import { alertView, causesView } from '../routes/alerts/alert-view.ts';
import { day } from '../routes/parameters.ts';

const url = z.url().nullable().meta({ description: 'The page with these costs; null where its address is not set' });
const alert_url = z
  .url()
  .nullable()
  .meta({ description: 'The page with this alert; null where its address is not set' });

const budget = z
  .object({
    name: z.string(),
    state: z.enum(BUDGET_STATES),
    amount: decimal,
    currency: z.string(),
    spent_percent: z.string().meta({ description: 'Of the amount, in its period' }),
    is_over: z.boolean().meta({ description: 'Whether its period has ended' }),
    from: day,
    to: day,
  })
  .meta({ id: 'DigestBudget', description: 'In the period that the last day of the digest is in' });

const digest = z
  .object({
    digest: z.enum(DIGESTS),
    from: day,
    to: day.meta({ description: 'The UTC day after the last one' }),
    filters: z
      .record(z.string(), z.array(z.string()))
      .meta({ description: 'By dimension of costs, the values that the channel selects; all costs where it is empty' }),
    totals: z
      .array(z.object({ currency: z.string(), amount: decimal, previous_amount: decimal }).meta({ id: 'DigestTotal' }))
      .meta({ description: 'Of each currency that there are or were costs in; what follows is of the first one' }),
    why: z.string().meta({ description: 'Sentences on what rose and why, or what most is for' }),
    causes: causesView,
    movers: z.array(mover),
    forecast: z
      .object({ amount: decimal, low: decimal.nullable(), high: decimal.nullable(), from: day, to: day })
      .meta({ id: 'DigestForecast' })
      .nullable()
      .meta({ description: 'Of the current month; null where it cannot be made' }),
    budgets: z.array(budget),
    missing_days: z.array(day).meta({ description: 'Days that were not read: the sums lack them' }),
    differing_days: z.number().meta({ description: 'Days that do not add up to OpenAI’s own total' }),
    url,
  })
  .meta({ id: 'DigestMessage' });

const bodyOf = <Type extends Message['type'], Data extends z.ZodType>(type: Type, id: string, data: Data) =>
  z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data }).meta({ id });

/** What is posted to a webhook, by its type. */
export const webhookBodies = {
  'alert.raised': bodyOf(
    'alert.raised',
    'AlertRaised',
    alertView.extend({ url, alert_url }).meta({ id: 'AlertMessage' }),
  ),
  digest: bodyOf('digest', 'DigestSent', digest),
  'channel.test': bodyOf('channel.test', 'ChannelTested', z.object({ title: z.string() }).meta({ id: 'TestMessage' })),
} as const satisfies Record<Message['type'], z.ZodType>;

const SUMMARIES: Record<Message['type'], string> = {
  'alert.raised': 'An alert was raised',
  digest: 'The costs of a week or a month',
  'channel.test': 'A test of the channel',
};

const headers = z.object({
  'webhook-id': z.string().meta({ description: 'The same for each attempt: drop what you have seen' }),
  'webhook-timestamp': z.string().meta({ description: 'When it was sent, in seconds since 1970' }),
  'webhook-signature': z
    .string()
    .meta({ description: '`v1,` and the HMAC-SHA256 of `<id>.<timestamp>.<body>` in base64, by Standard Webhooks' }),
});

/** What a receiver gets. As responses: we send these, so that their shapes are those of the API's own responses. */
export const webhooks: Record<string, { post: ZodOpenApiOperationObject }> = Object.fromEntries(
  Object.entries(webhookBodies).map(([type, schema]) => [
    type,
    {
      post: {
        summary: SUMMARIES[type as Message['type']],
        tags: ['channels'],
        security: [],
        requestParams: { header: headers },
        responses: { 200: { description: 'Sent', content: { 'application/json': { schema } } } },
      },
    },
  ]),
);

/** What the response of a described webhook is in truth: the body of our request. */
export function asRequest({ responses = {} }: { responses?: object | undefined }) {
  const { 200: sent } = responses as { 200?: { content?: object } };
  const description = 'It is delivered. After any other response it is sent again, for a day.';
  return { requestBody: { required: true, content: sent?.content }, responses: { '2XX': { description } } };
}
