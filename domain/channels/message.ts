import type { Causes } from '../causes/causes.ts';
import { contributorsInWords } from '../causes/in-words.ts';
import { causeTables, type Table } from '../causes/tables.ts';
import type { DayRange } from '../day.ts';
import { pageQuery } from '../page-address.ts';

/** What a message is about; `id` names it in receipts. */
export type MessageKey = { of: 'alert' | 'test' | 'digest'; id: string };

/** What is sent to a channel. */
export type Message = {
  type: 'alert.raised' | 'channel.test' | 'digest';
  /** ISO 8601. */
  at: string;
  title: string;
  /** Paragraphs. */
  text: readonly string[];
  tables?: readonly Table[];
  /** The page with what it is about; undefined where the page's address is not configured. */
  url: string | undefined;
  /** Of a webhook's payload. */
  data: object;
};

type Told = DayRange & {
  title: string;
  text: string;
  raised_at: string;
  integration_id: string | null;
  filters: Readonly<Record<string, readonly string[]>>;
  currency: string | null;
  causes: Causes | null;
};

export function alertMessage(alert: Told, pageUrl: string | undefined): Message {
  const { title, text, raised_at, causes, currency } = alert;
  const money = currency ?? 'usd';
  const tables = causes ? causeTables(causes, money) : [];
  // In a message, the tables say it.
  const twice = (causes && contributorsInWords(causes, money)) || undefined;
  const parts = twice === undefined ? [text] : text.split(twice).map((part) => part.trim());
  const brief = parts.filter(Boolean).join(' ');
  const url = pageUrl && alertUrl(pageUrl, alert);
  return {
    type: 'alert.raised',
    at: raised_at,
    title,
    text: brief ? [brief] : [],
    tables,
    url,
    data: { ...alert, url: url ?? null },
  };
}

export function testMessage(name: string, at: Date, pageUrl: string | undefined): Message {
  const title = `Test of ${name}`;
  const text = ['This channel works: alerts arrive here.'];
  return { type: 'channel.test', at: at.toISOString(), title, text, url: pageUrl, data: { title } };
}

/** The address of the page that shows just these costs; of its alerts where it has no such filter. */
function alertUrl(pageUrl: string, alert: Told): string {
  const query = pageQuery({ ...alert, days: alert });
  const url = new URL(pageUrl);
  if (query === undefined) url.pathname = `${url.pathname.replace(/\/$/, '')}/alerts`;
  url.search = query ?? 'show=all';
  return url.href;
}
