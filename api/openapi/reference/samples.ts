import type { Operation } from './document.ts';

/** The recorded example request of an operation. */
export type ExampleRequest = {
  method: string;
  path: string;
  query: readonly (readonly [string, string])[];
  /** Undefined where the operation has none. */
  body: unknown;
  /** Whether the response is JSON. */
  isJson: boolean;
};

export function exampleRequest(method: string, path: string, operation: Operation): ExampleRequest {
  const { parameters = [], requestBody, responses } = operation;
  const exampleOf = (name: string) => parameters.find((each) => each.name === name)?.example;
  const success = Object.entries(responses).find(([status]) => Number(status) < 300)?.[1];
  return {
    method: method.toUpperCase(),
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(exampleOf(name) ?? name.toUpperCase())),
    query: parameters
      .filter((each) => each.in === 'query' && each.example !== undefined)
      .flatMap(({ name, example }) => [example].flat().map((each) => [name, String(each)] as const)),
    body: requestBody?.content['application/json']?.example,
    isJson: 'application/json' in (success?.content ?? {}),
  };
}

const queryOf = ({ query }: ExampleRequest) =>
  query.length > 0 ? `?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}` : '';

/** As a shell command. */
export function curl(request: ExampleRequest): string {
  const { method, path, body } = request;
  return [
    `curl -H "Authorization: Bearer $TOKEN"${method === 'GET' ? '' : ` -X ${method}`}`,
    ...(body === undefined ? [] : [`  -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`]),
    `  "$API${path}${queryOf(request)}"`,
  ].join(' \\\n');
}

/** With the package requests. A list of pairs repeats a parameter. */
export function python({ method, path, query, body, isJson }: ExampleRequest): string {
  return [
    'response = requests.request(',
    `    "${method}",`,
    `    f"{API}${path}",`,
    '    headers={"Authorization": f"Bearer {TOKEN}"},',
    ...(query.length > 0 ? [`    params=${literal(query)},`] : []),
    ...(body === undefined ? [] : [`    json=${literal(body)},`]),
    ...(isJson ? [] : ['    stream=True,']),
    ')',
    'if not response.ok:',
    '    raise RuntimeError(response.json()["detail"])',
    isJson ? 'print(response.json())' : 'for line in response.iter_lines():\n    print(line.decode())',
  ].join('\n');
}

/** A value in Python's notation. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, each]) => `${literal(name)}: ${literal(each)}`)
      .join(', ')}}`;
  }
  if (value === null) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);
}

/** With fetch, as browsers and Node have it. */
export function typescript(request: ExampleRequest): string {
  const { method, path, body, isJson } = request;
  const type = body === undefined ? '' : ", 'content-type': 'application/json'";
  return [
    `const response = await fetch(\`\${API}${path}${queryOf(request)}\`, {`,
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    `  headers: { authorization: \`Bearer \${TOKEN}\`${type} },`,
    ...(body === undefined ? [] : [`  body: JSON.stringify(${JSON.stringify(body)}),`]),
    '});',
    'if (!response.ok) throw new Error((await response.json()).detail);',
    isJson
      ? 'console.log(await response.json());'
      : 'for await (const bytes of response.body ?? []) console.log(bytes);',
  ].join('\n');
}
