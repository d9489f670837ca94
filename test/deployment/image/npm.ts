// Stands in for `npm ci` where an image is built without a network: the packages that the lockfile names, without those
// of development if they are omitted, as they are installed on this machine.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkTree } from './link-tree.ts';

const [command, ...options] = process.argv.slice(2);
if (command !== 'ci') throw new Error(`npm ${command} is not known here: this stands in for npm ci alone.`);
const root = fileURLToPath(new URL('../../../', import.meta.url));
readFileSync('package.json');
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
};
for (const [path, { dev, optional, devOptional }] of Object.entries(packages)) {
  if (path === '' || (dev && options.includes('--omit=dev'))) continue;
  try {
    linkTree(join(root, path), path, (name) => name === 'node_modules');
  } catch (error) {
    // Optional packages are those of other platforms.
    if (!optional && !devOptional) throw error;
  }
}
