import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One statement: a migration by the name of its file, or a view by its own name. */
export type SchemaFile = { kind: 'migration' | 'view'; name: string; sql: string; sha256: string };
/** Statements that can run in any order, or at the same time. */
export type SchemaGroup = SchemaFile[];

let groups: Promise<SchemaGroup[]> | undefined;

/** The schema of this version in the order in which it is applied. The files are read once per process. */
export function readSchema(): Promise<SchemaGroup[]> {
  groups ??= Promise.all([readFolder('migration', 'migrations/'), readFolder('view', 'views/')]).then(
    ([migrations, views]) => [...groupMigrations(migrations), ...groupViews(views)],
  );
  // A read that failed is tried again by the next call.
  groups.catch(() => {
    groups = undefined;
  });
  return groups;
}

async function readFolder(kind: SchemaFile['kind'], folder: string): Promise<SchemaFile[]> {
  const directory = new URL(folder, import.meta.url);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (file) => {
      const sql = await readFile(new URL(file, directory), 'utf8');
      const name = kind === 'view' ? file.replace(/\.sql$/, '') : file;
      return { kind, name, sql, sha256: hash('sha256', sql, 'hex') };
    }),
  );
}

/** Consecutive new tables are one group, since no table depends on another. Any other migration is alone. */
function groupMigrations(migrations: readonly SchemaFile[]): SchemaGroup[] {
  const createsTable = ({ sql }: SchemaFile) => /^CREATE TABLE /m.test(sql);
  return migrations.reduce<SchemaGroup[]>((groups, file) => {
    const last = groups.at(-1);
    if (last?.every(createsTable) && createsTable(file)) last.push(file);
    else groups.push([file]);
    return groups;
  }, []);
}

/** Views that read no other view first, then the views that read those, and so on. */
export function groupViews(views: readonly SchemaFile[]): SchemaGroup[] {
  const groups: SchemaGroup[] = [];
  let rest = views;
  while (rest.length > 0) {
    const names = new Set(rest.map(({ name }) => name));
    const ready = rest.filter(({ sql }) => sourcesOf(sql).every((source) => !names.has(source)));
    if (ready.length === 0) throw new Error(`These views read each other in a circle: ${[...names].join(', ')}.`);
    groups.push(ready);
    rest = rest.filter((view) => !ready.includes(view));
  }
  return groups;
}

/** What follows FROM or JOIN: tables, views and named steps of the statement itself. */
function sourcesOf(sql: string): string[] {
  const withoutComments = sql.replaceAll(/^\s*--.*$/gm, '');
  return [...withoutComments.matchAll(/\b(?:FROM|JOIN)\s+(\w+)/g)].map(([, source = '']) => source);
}
