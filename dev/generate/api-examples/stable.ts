import { EventSourceParserStream } from 'eventsource-parser/stream';

/** Values that differ in each run, and what stands for them in an example. */
export type Names = Readonly<Record<string, string>>;

const REQUEST_ID = '7b0e0d9c-4f5e-4c53-9f2b-1f7f2a6c3f10';
const REVISION = '5d41402abc4b2a76b9719d911017c592';
/** How many items of a list and lines of a file an example shows. */
const SHOWN = 3;

/** A response as an example: values that differ in each run are made stable, secrets are named, long lists are cut. */
export function stable(response: unknown, names: Names): unknown {
  if (Array.isArray(response)) return response.slice(0, SHOWN).map((each) => stable(each, names));
  if (typeof response === 'string') return stableText(response, names);
  if (typeof response !== 'object' || response === null) return response;
  return Object.fromEntries(
    Object.entries(response).map(([key, value]) => {
      if (key === 'request_id') return [key, REQUEST_ID];
      if (key === 'revision') return [key, REVISION];
      return [key, stable(value, names)];
    }),
  );
}

function stableText(text: string, names: Names): string {
  let result = text.replaceAll(/(\d{4}-\d\d-\d\dT)\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '$109:00:00Z');
  for (const [found, name] of Object.entries(names)) result = result.replaceAll(found, name);
  return result;
}

/** The first event of an endless stream, or the first lines of a file. Closes the connection after that. */
export function beginning(response: Response): Promise<unknown> {
  const text = response.body?.pipeThrough(new TextDecoderStream());
  if (!text) throw new Error('The response has no body');
  const isEvents = response.headers.get('content-type')?.startsWith('text/event-stream');
  return isEvents ? firstEvent(text) : firstLines(text);
}

async function firstEvent(text: ReadableStream<string>) {
  for await (const { event, data } of text.pipeThrough(new EventSourceParserStream())) return { event, data };
  return undefined;
}

async function firstLines(text: ReadableStream<string>) {
  let read = '';
  for await (const chunk of text) {
    read += chunk;
    if (read.split('\n').length > SHOWN + 1) break;
  }
  return `${read
    .split('\n')
    .slice(0, SHOWN + 1)
    .join('\n')}\n`;
}
