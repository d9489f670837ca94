import { z } from 'zod';
import type { ChannelHealth } from '#clickhouse/channels/deliveries.ts';
import { CHANNEL_ALERTS, CHANNEL_KINDS, type Channel, DIGESTS, OUTCOMES } from '#domain/channels/channel.ts';
import { BUDGET_ID } from '../budgets/budget-view.ts';
import { costFilters } from '../cost-filters.ts';
import { listOf, name } from '../fields.ts';

export const channelId = z
  .string('must be given once')
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the id of a channel')
  .meta({ description: 'The id of a channel' });

const kinds = z.enum(CHANNEL_ALERTS, `must be one of ${CHANNEL_ALERTS.join(', ')}`);
const digest = z.enum(DIGESTS, 'must be weekly or monthly');

/** What a channel is created and updated with, beside its secrets. */
export const channelFields = {
  name,
  recipients: listOf(z.email('must be an e-mail address').max(254, 'must have at most 254 characters'), 20)
    .default([])
    .meta({ description: 'Addresses that e-mails are sent to; of the kind email' }),
  alert_kinds: listOf(kinds, CHANNEL_ALERTS.length)
    .refine((given) => given.length === 1 || !given.includes('none'), 'must have no other kind beside none')
    .default([])
    .meta({ description: 'Kinds of alerts that it gets; all by default. `none`: it gets digests alone' }),
  budget_ids: listOf(z.string('must be text').regex(BUDGET_ID, 'must be the id of a budget'), 50)
    .default([])
    .meta({ description: 'Of alerts of budgets, the budgets; all by default' }),
  filters: costFilters.default({}).meta({
    description:
      'By dimension of costs, the values whose alerts and digests it gets: up to three dimensions. All by default',
  }),
  digests: listOf(digest, DIGESTS.length)
    .default([])
    .meta({ description: 'The digests that it gets; none by default' }),
};

export const channelView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    host: z.string().nullable().meta({ description: 'Of the URL, which is never shown; null of e-mail' }),
    recipients: z.array(z.string()),
    alert_kinds: z
      .array(kinds)
      .meta({ description: 'All kinds where it is empty; `none` where it gets digests alone' }),
    budget_ids: z.array(z.string()).meta({ description: 'All budgets where it is empty' }),
    filters: z.record(z.string(), z.array(z.string())).meta({
      description: 'By dimension of costs, the values whose alerts and digests it gets; all where it is empty',
    }),
    digests: z.array(digest),
    last_delivered_at: z.iso.datetime().nullable(),
    failing_since: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'The first attempt that failed since the last one that did not; null where none did' }),
    last_outcome: z.enum(OUTCOMES).nullable().meta({ description: 'Of the last attempt; null before the first' }),
    undelivered: z.int().meta({
      description:
        'Messages of the last 30 days that did not arrive. Each is tried for a day; after that, `POST /v1/channels/{channel_id}/deliveries` sends it again',
    }),
    last_status: z.number().nullable().meta({ description: 'Its status of HTTP or reply code of SMTP; 0 for none' }),
  })
  .meta({ id: 'Channel' });
export type ChannelView = z.infer<typeof channelView>;

export function viewChannel({ channel_id, ...channel }: Channel, health?: ChannelHealth): ChannelView {
  return {
    id: channel_id,
    name: channel.name,
    kind: channel.kind,
    host: channel.host || null,
    recipients: [...channel.recipients],
    alert_kinds: [...channel.alert_kinds],
    budget_ids: [...channel.budget_ids],
    filters: Object.fromEntries(Object.entries(channel.filters).map(([name, values]) => [name, [...values]])),
    digests: [...channel.digests],
    last_delivered_at: health?.last_delivered_at ?? null,
    failing_since: health?.failing_since ?? null,
    last_outcome: health?.last_outcome ?? null,
    last_status: health?.last_status ?? null,
    undelivered: health?.undelivered ?? 0,
  };
}
