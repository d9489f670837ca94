import type { Simulator } from '#dev/simulators/openai/simulator.ts';

export interface Row {
  amount?: { value: string | null; currency: string };
  line_item: string | null;
  project_id: string | null;
  project_name: string | null;
  api_key_id: string | null;
  user_id: string | null;
  user_email: string | null;
  quantity: string | null;
  quantity_unit: string | null;
  organization_id: string;
  organization_name: string;
}
export interface Bucket {
  start_time: string;
  end_time: string;
  start_time_iso: string;
  results: Row[];
}
export interface Body {
  object: string;
  data: Bucket[];
  has_more: boolean;
  next_page: string | null;
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** Sends a request to the simulator; numbers in the response's body stay text, as they were written. */
export async function request(
  simulator: Simulator,
  path: string,
  query: Record<string, string | number | string[]> = {},
  { key = simulator.keys.admin, method = 'GET' }: { key?: string; method?: string } = {},
): Promise<{ status: number; headers: Headers; text: string; body: Body }> {
  const params = Object.entries(query).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((one): [string, string] => [`${name}[]`, one])
      : [[name, String(value)] as [string, string]],
  );
  const headers = { authorization: `Bearer ${key}` };
  const url = `${simulator.url}${path}?${new URLSearchParams(params)}`;
  const response = await fetch(url, { method, headers, redirect: 'manual' });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json' && text !== '';
  return { status: response.status, headers: response.headers, text, body: isJson ? keepNumbers(text) : undefined };
}

/** A query for the half-open range of days. */
export const days = (from: string, to: string) => ({ start_time: seconds(from), end_time: seconds(to) });
export const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;

const parse = JSON.parse as (
  text: string,
  reviver?: (name: string, value: unknown, context: { source: string }) => unknown,
  // biome-ignore lint/suspicious/noExplicitAny: what comes is checked by the tests themselves.
) => any;
const keepNumbers = (text: string) =>
  parse(text, (_, value, { source }) => (typeof value === 'number' ? source : value));
