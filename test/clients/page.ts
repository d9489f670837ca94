// Runs the blocks of docs/tools.md in one language, and with its program what the page gives to tools that use the same
// driver: `node page.ts java FOLDER`. Each prints what every project cost in the last 30 days, as the API says it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, today } from '#domain/day.ts';
import { expectedCosts, plain } from './costs.ts';
import { type Command, run } from './run.ts';

type Section = { title: string; blocks: Map<string, string> };
type Language = {
  /** Puts the connection and the query of a tool of the page, if it uses this driver, into the language's own program. */
  adapt(program: string, tool: Section['blocks']): string | undefined;
  file: string;
  command(file: string): Command;
};

const [name = '', bin = ''] = process.argv.slice(2);
const { API_URL = '', TOKEN = '', CLICKHOUSE_PORT = '' } = process.env;
const HERE = import.meta.dirname;

const LANGUAGES: Record<string, Language> = {
  java: {
    adapt: (program, tool) =>
      tool.get('text')?.startsWith('jdbc:')
        ? program
            .replace(/"jdbc:.*?"/, `"${tool.get('text')?.trim()}"`)
            .replace(/"""\n.*?"""/s, `"""\n${tool.get('sql')}"""`)
        : undefined,
    file: 'Costs.java',
    command: (file) => ({ program: 'java', args: ['-cp', join(bin, '*'), file], cwd: bin }),
  },
  go: {
    adapt(program, tool) {
      const [, host, port, protocol] =
        /host: (\S+)\n.*port: (\d+)\n.*protocol: (\w+)/s.exec(tool.get('yaml') ?? '') ?? [];
      if (!host) return undefined;
      return program
        .replace('clickhouse.HTTP', `clickhouse.${protocol?.toUpperCase()}`)
        .replace(/"[\d.]+:\d+"/, `"${host}:${port}"`)
        .replace(/`.*?`/s, `\`${tool.get('sql')}\``);
    },
    file: 'costs.go',
    command: (file) => ({ program: 'go', args: ['run', '-mod=readonly', file], cwd: join(HERE, 'go') }),
  },
  ts: {
    adapt: () => undefined,
    file: 'costs.mjs',
    command: (file) => ({ program: process.execPath, args: [file], cwd: HERE }),
  },
};

const page = readFileSync(join(HERE, '../../docs/tools.md'), 'utf8').replaceAll(
  /(127\.0\.0\.1:|port: )8123/g,
  `$1${CLICKHOUSE_PORT}`,
);
const sections: Section[] = page.split(/^##+ /m).map((text) => ({
  title: text.split('\n', 1)[0] ?? '',
  blocks: new Map(
    [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => [language, code]),
  ),
}));
const { adapt, file, command } = LANGUAGES[name] as Language;
const program = sections.map(({ blocks }) => blocks.get(name)).find(Boolean);
if (!program) throw new Error(`docs/tools.md has no block of ${name}`);
const tools = sections.flatMap(({ title, blocks }) => {
  const code = blocks.get(name) ?? adapt(program, blocks);
  return code ? [{ title, code }] : [];
});

const last30Days = { from: addDays(today(), -30), to: addDays(today(), 1) };
const expected = await expectedCosts({ api: API_URL, secrets: { API_TOKEN: TOKEN } }, last30Days);
// Below node_modules, where a program finds what is installed there.
const folder = mkdtempSync(join(HERE, '../../node_modules/.cache/page-'));
try {
  for (const { title, code } of tools) {
    const path = join(folder, file);
    writeFileSync(path, code);
    const ended = await run(command(path), { env: process.env, signal: new AbortController().signal });
    if (ended.code !== 0) throw new Error(`${title} ended with ${ended.code}:\n${ended.output}`);
    const lines = ended.stdout.trimEnd().split('\n');
    const rows = lines.map((line) => /^(\S*) (\S+)$/.exec(line)?.slice(1) as [string, string]);
    const printed = JSON.stringify(plain(Object.fromEntries(rows)));
    if (printed !== JSON.stringify(expected))
      throw new Error(`${title} printed ${printed}, the API says ${JSON.stringify(expected)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stdout.write(`${JSON.stringify({ tools: tools.map(({ title }) => title) })}\n`);
