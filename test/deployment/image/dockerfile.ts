import { readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';

export const root = new URL('../../../', import.meta.url);
export const dockerfileText = readFileSync(new URL('Dockerfile', root), 'utf8');

/** One stage: the name after AS, or 'image' for the last one, and its instructions in order. */
export type Stage = { name: string; instructions: { keyword: string; text: string }[] };

/** Reads the stages of a Dockerfile. */
export function readStages(text: string): Stage[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n');
  const stages: Stage[] = [];
  for (const line of lines.map((each) => each.trim()).filter(Boolean)) {
    const [, keyword = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (keyword === 'FROM') stages.push({ name: / AS (\S+)$/.exec(rest)?.[1] ?? 'image', instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, text: rest });
  }
  return stages;
}

/** Whether .dockerignore keeps a path out of the build, or a folder that the path is in. */
export function isIgnored(path: string): boolean {
  const parents = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));
  return parents.some((parent) => ignored.some((pattern) => matchesGlob(parent, pattern)));
}

const ignored = readFileSync(new URL('.dockerignore', root), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
if (ignored.some((pattern) => pattern.startsWith('!'))) {
  throw new Error('isIgnored() does not read exceptions: add them to it, or change .dockerignore.');
}
