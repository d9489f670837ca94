/** What is another one in each run, and what stands for it in an example. */
export type Names = Readonly<Record<string, string>>;

const REQUEST_ID = '7b0e0d9c-4f5e-4c53-9f2b-1f7f2a6c3f10';
const REVISION = '5d41402abc4b2a76b9719d911017c592';
/** An example shows so many of a list, and so many lines of a file. */
const SHOWN = 3;

/** An answer as an example: what differs from run to run is made the same, secrets are named, long lists end early. */
export function stable(answer: unknown, names: Names): unknown {
  if (Array.isArray(answer)) return answer.slice(0, SHOWN).map((each) => stable(each, names));
  if (typeof answer === 'string') return stableText(answer, names);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
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

/** The first event of a stream that goes on, or the first lines of a file; the rest is not waited for. */
export async function beginning(response: Response): Promise<unknown> {
  const events = response.headers.get('content-type')?.startsWith('text/event-stream');
  const [end, times] = events ? ['\n\n', 1] : ['\n', SHOWN + 1];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.split(end).length > times) break;
  }
  const shown = text.split(end).slice(0, times);
  return events ? Object.fromEntries(shown.join('').split('\n').map(toField)) : shown.join(end) + end;
}

/** A line of an event, `data: …`, as a name and a value. */
const toField = (line: string) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)];
