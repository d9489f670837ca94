import type { Causes } from '../causes/causes.ts';
import { contributorsInWords } from '../causes/in-words.ts';
import { causeTables, type Table } from '../causes/tables.ts';
import type { DayRange } from '../day.ts';
import { alertQuery, pageQuery } from '../page-address.ts';

/** What a message is about; `id` names it in receipts. */
export type MessageKey = { of: 'alert' | 'test' | 'digest'; id: string };

/** Where a message leads to on the page, and what a reader is told of that. */
export type MessageLink = { text: string; url: string };

/** What is sent to a channel. */
export type Message = {
  type: 'alert.raised' | 'channel.test' | 'digest';
  /** ISO 8601. */
  at: string;
  title: string;
  /** Paragraphs. */
  text: readonly string[];
  tables?: readonly Table[];
  /** None where the page's address is not configured. */
  links: readonly MessageLink[];
  /** Of a webhook's payload. */
  data: object;
};

type Told = DayRange & {
  id: string;
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
  const address = pageUrl ? alertUrl(pageUrl, alert.id) : null;
  const costs = pageUrl ? costsUrl(pageUrl, alert) : null;
  return {
    type: 'alert.raised',
    at: raised_at,
    title,
    text: brief ? [brief] : [],
    tables,
    links: [
      ...(address ? [{ text: 'See the alert', url: address }] : []),
      ...(costs ? [{ text: 'See the costs', url: costs }] : []),
    ],
    data: { ...alert, url: costs ?? address, alert_url: address },
  };
}

export function testMessage(name: string, at: Date, pageUrl: string | undefined): Message {
  const title = `Test of ${name}`;
  const text = ['This channel works: alerts arrive here.'];
  const links = pageUrl ? [{ text: 'Open in Pump', url: pageUrl }] : [];
  return { type: 'channel.test', at: at.toISOString(), title, text, links, data: { title } };
}

/** The address of the page that shows just this alert, to be acknowledged. */
function alertUrl(pageUrl: string, id: string): string {
  const url = new URL(pageUrl);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/alerts`;
  url.search = alertQuery(id);
  return url.href;
}

/** The address of the page that shows just its costs; null where the page has no such filter. */
function costsUrl(pageUrl: string, alert: Told): string | null {
  const query = pageQuery({ ...alert, days: alert });
  if (query === undefined) return null;
  const url = new URL(pageUrl);
  url.search = query;
  return url.href;
}
