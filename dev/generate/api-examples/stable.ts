import { EventSourceParserStream } from 'eventsource-parser/stream';

/** Texts that differ in each run, and what replaces them in an example. */
export type Names = Readonly<Record<string, string>>;

const REQUEST_ID = '7b0e0d9c-4f5e-4c53-9f2b-1f7f2a6c3f10';
const REVISION = '5d41402abc4b2a76b9719d911017c592';
/** How many items of a list and lines of a file an example shows. */
const SHOWN = 3;

/** A response as an example: what differs between runs is replaced, and so are secrets; lists are shortened. */
export function stable(body: unknown, names: Names): unknown {
  if (Array.isArray(body)) return body.slice(0, SHOWN).map((each) => stable(each, names));
  if (typeof body === 'string') return stableText(body, names);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
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
  let lines: string[] = [];
  for await (const chunk of text) {
    lines = `${lines.join('\n')}${chunk}`.split('\n');
    if (lines.length > SHOWN + 1) break;
  }
  return `${lines.slice(0, SHOWN + 1).join('\n')}\n`;
}
