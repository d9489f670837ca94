import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One import of one of our files by another, both as paths below the root. `isType`: it is gone when the code runs. */
export type Import = { from: string; to: string; isType: boolean };

/** Every TypeScript file that git knows or would add. */
export function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], { cwd: root });
  return listed
    .toString()
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)));
}

/** What the files import of ours, also by `export … from` and `import()`. */
export function readImports(files: readonly string[]): Import[] {
  return files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s)?([^'";]*?\bfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

export function importsOf(from: string, source: string): Import[] {
  return [...source.matchAll(STATEMENT)].flatMap(([, type, names = '', specifier = '', dynamic]) => {
    const to = pathOf(from, dynamic ?? specifier);
    return to === undefined ? [] : [{ from, to, isType: type !== undefined || importsTypesAlone(names) }];
  });
}

/** `{ type A, type B } from`: each name says so itself. */
function importsTypesAlone(names: string): boolean {
  const [, list] = /^\{(.*)\}\s*from/s.exec(names) ?? [];
  const each =
    list
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  return each.length > 0 && each.every((name) => name.startsWith('type '));
}

function pathOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
}

/** Groups of nodes that reach each other: what is in such a group cannot be read, or moved, by itself. */
export function circlesOf(arrows: readonly { from: string; to: string }[]): string[][] {
  const next = Map.groupBy(arrows, ({ from }) => from);
  const reached = new Map([...next.keys()].map((node) => [node, reachableFrom(node, next)]));
  const circles = [...reached].map(([node, nodes]) =>
    [...nodes].filter((other) => reached.get(other)?.has(node)).sort(),
  );
  return [...new Map(circles.filter(({ length }) => length > 1).map((circle) => [circle.join(), circle])).values()];
}

function reachableFrom(start: string, next: ReadonlyMap<string, readonly { to: string }[]>): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { to } of next.get(node) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}
