import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { scopes } from '#api/auth/authenticate.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';
import { apiEnvironment, laptopEnvironment, workerEnvironment } from '#environment/processes.ts';
import packageJson from '#package.json' with { type: 'json' };
import { anchorsOf, documents, linksOf, read, repositoryRoot, tableOf } from './read-documents.ts';

const folders = readdirSync(repositoryRoot, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => !/^\.|^node_modules$/.test(name));

test('the configuration table is what the processes parse', () => {
  const schemas = { ...workerEnvironment.shape, ...apiEnvironment.shape, ...laptopEnvironment.shape };
  const parsed = Object.entries(schemas).map(([name, schema]) => [
    `\`${name}\``,
    defaultOf(schema),
    descriptionOf(schema),
  ]);
  // A cell that is not code says in words where a value without a default comes from.
  const described = tableOf('docs/configuration.md', 'Variable').map(([name, value = '', what]) => [
    name,
    value.startsWith('`') ? value : '',
    what,
  ]);
  expect(described.sort()).toEqual(parsed.sort());
});

const defaultOf = (schema: z.ZodType) => (schema instanceof z.ZodDefault ? `\`${schema.def.defaultValue}\`` : '');

function descriptionOf(schema: z.ZodType): string | undefined {
  return (
    schema.description ?? (schema instanceof z.ZodOptional ? descriptionOf(schema.unwrap() as z.ZodType) : undefined)
  );
}

test('the table of scopes names every scope there is', () => {
  const described = tableOf('docs/configuration.md', 'Scope', 'What').map(([scope]) => scope);
  expect(described.sort()).toEqual(scopes.map((name) => `\`${name}\``).sort());
});

test('the table of folders names every folder there is', () => {
  const described = tableOf('docs/architecture.md', 'Folder', 'What').map(([folder]) => folder);
  expect(described.sort()).toEqual(folders.map((name) => `\`${name}/\``).sort());
});

test.each(documents)('%s: every npm command is a script', (document) => {
  const commands = [...read(document).matchAll(/npm (?:run )?([a-z:-]+)/g)].map(([, script = '']) => script);
  const scripts = commands.filter((command) => !['ci', 'install'].includes(command));
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
});

test('the README shows every picture in docs/', () => {
  const pictures = [...read('README.md').matchAll(/!\[[^\]]+\]\(docs\/([^)]+)\)/g)].map(([, file]) => file);
  const files = readdirSync(join(repositoryRoot, 'docs')).filter((file) => /\.(svg|png)$/.test(file));
  expect(pictures).toEqual(files);
});

test('the README is read in a few minutes', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test.each(documents)('%s: every link leads to a file, and to a heading of it', (document) => {
  const broken = linksOf(document).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    if (!existsSync(join(repositoryRoot, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test.each(documents)('%s: every heading has something below it', (document) => {
  const [, ...sections] = read(document)
    .replaceAll(/^```.*?^```$/gms, 'code')
    .split(/^(?=#+ )/m);
  const depthOf = (section = '') => section.indexOf(' ');
  const empty = sections.filter(
    (section, index) => !section.trim().includes('\n') && depthOf(sections[index + 1]) <= depthOf(section),
  );
  expect(empty).toEqual([]);
});

// An ADR and the changelog say what was there when they were written.
const present = documents.filter((document) => !/^docs\/adr\/\d|^CHANGELOG/.test(document));
test.each(present)('%s: every path that is named is there', (document) => {
  const named = [...read(document).matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path = '']) => path);
  const paths = named.filter((path) => folders.includes(path.split('/')[0] ?? ''));
  expect(paths.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
});

test('every ADR is in the index', () => {
  const records = readdirSync(join(repositoryRoot, 'docs/adr')).filter((file) => /^\d/.test(file));
  expect(linksOf('docs/adr/README.md').filter((link) => /^\d/.test(link))).toEqual(records.sort());
});

test('the command for production makes secrets that the environment accepts and that fit together', async () => {
  const [, script = ''] = /node -e '(.*?)' >> \.env/s.exec(read('docs/configuration.md')) ?? [];
  const lines = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim().split('\n');
  const made = Object.fromEntries(lines.map((line) => line.split('=')));
  const secrets = z.strictObject({
    ...z
      .object(apiEnvironment.shape)
      .pick({ API_TOKEN: true, CLICKHOUSE_PASSWORD: true, SEALING_PUBLIC_KEY: true })
      .required().shape,
    SEALING_PRIVATE_KEY: workerEnvironment.shape.SEALING_PRIVATE_KEY,
    CLICKHOUSE_MIGRATE_PASSWORD: z.string().min(32),
    CLICKHOUSE_INGEST_PASSWORD: z.string().min(32),
    CLICKHOUSE_API_PASSWORD: z.string().min(32),
    POSTGRES_PASSWORD: z.string().min(32),
  });
  const { SEALING_PUBLIC_KEY, SEALING_PRIVATE_KEY } = secrets.parse(made);
  const credential = { tenant_id: 'local', credential_id: 'one' };
  const sealed = await (await createSealer(SEALING_PUBLIC_KEY)).seal('sk-admin-sealed', credential);
  expect(await (await createOpener([SEALING_PRIVATE_KEY])).open(sealed, credential)).toBe('sk-admin-sealed');
});
