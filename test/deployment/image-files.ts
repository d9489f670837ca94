import { cpSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the Dockerfile copies from the repository, as paths below its root; the lockfile step aside. */
export function imagePaths(): string[] {
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');
  const image = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  return image.flatMap((line) => /^COPY (?!--)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
}

/** A directory that holds what the image holds; the packages are this machine's. */
export function layOutImage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pump-image-'));
  for (const path of imagePaths()) cpSync(join(root, path), join(directory, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}
