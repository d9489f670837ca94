import { addDays, type DayRange } from '../day.ts';

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
};

export function alertMessage(alert: Told, pageUrl: string | undefined): Message {
  const { title, text, raised_at, integration_id, filters } = alert;
  const selected = { ...filters, ...(integration_id && { integration_id: [integration_id] }) };
  const url = pageUrl && viewUrl(pageUrl, alert, selected);
  return { type: 'alert.raised', at: raised_at, title, text: [text], url, data: { ...alert, url: url ?? null } };
}

export function testMessage(name: string, at: Date, pageUrl: string | undefined): Message {
  const title = `Test of ${name}`;
  const text = ['This channel works: alerts arrive here.'];
  return { type: 'channel.test', at: at.toISOString(), title, text, url: pageUrl, data: { title } };
}

/** The address of the page that shows the costs of days; both are in the range, as the page writes it. */
export function viewUrl(pageUrl: string, { from, to }: DayRange, filters: Told['filters']): string {
  const url = new URL(pageUrl);
  url.search = String(
    new URLSearchParams([
      ['range', `${from}..${addDays(to, -1)}`],
      ...Object.entries(filters).flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
    ]),
  );
  return url.href;
}
