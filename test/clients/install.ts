import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '#dev/cli/user-error.ts';
import { type Command, run } from './run.ts';

export type Needs = 'python' | 'focus' | 'typescript' | 'go' | 'java';
/** The folder with the programs of a language's clients. */
export type Toolchain = string;
export type Toolchains = Record<Needs, { bin: Toolchain } | { missing: string }>;

const HERE = import.meta.dirname;
const CACHE = join(HERE, '../../node_modules/.cache/clients');

type Recipe = { version: Command; missing: string; pins: string[]; steps: (folder: string) => Command[]; bin: string };

const at = (cwd: string, program: string, ...args: string[]): Command => ({ program, args, cwd });
const RECIPES: Record<Needs, Recipe> = {
  python: {
    version: at(HERE, 'python3', '-c', 'import sys, venv; sys.exit(sys.version_info < (3, 11))'),
    missing: 'python3, 3.11 or newer with venv, is not installed',
    pins: ['python/requirements.txt'],
    steps: (folder) => [
      at(HERE, 'python3', '-m', 'venv', folder),
      at(
        HERE,
        join(folder, 'bin/pip'),
        'install',
        '-q',
        '--require-hashes',
        '-r',
        join(HERE, 'python/requirements.txt'),
      ),
    ],
    bin: 'bin',
  },
  focus: {
    version: at(HERE, 'python3.12', '-c', 'import venv'),
    missing: 'python3.12 with venv, which focus-validator needs, is not installed',
    pins: ['focus/requirements.txt'],
    steps: (folder) => [
      at(HERE, 'python3.12', '-m', 'venv', folder),
      at(
        HERE,
        join(folder, 'bin/pip'),
        'install',
        '-q',
        '--require-hashes',
        '-r',
        join(HERE, 'focus/requirements.txt'),
      ),
    ],
    bin: 'bin',
  },
  typescript: {
    version: at(HERE, 'npm', '--version'),
    missing: 'npm is not installed',
    pins: ['typescript/package.json', 'typescript/package-lock.json'],
    steps: (folder) => [
      at(HERE, 'cp', join(HERE, 'typescript/package.json'), join(HERE, 'typescript/package-lock.json'), folder),
      at(folder, 'npm', 'ci', '--silent', '--no-audit', '--no-fund'),
    ],
    bin: '',
  },
  go: {
    version: at(HERE, 'go', 'version'),
    missing: 'go is not installed',
    pins: ['go/go.mod', 'go/go.sum', 'go/main.go'],
    steps: (folder) => [at(join(HERE, 'go'), 'go', 'build', '-mod=readonly', '-o', join(folder, 'client'), '.')],
    bin: '',
  },
  java: {
    version: at(HERE, 'mvn', '--version'), // which needs a Java, too
    missing: 'mvn and java are not installed',
    pins: ['java/pom.xml'],
    steps: (folder) => [
      at(join(HERE, 'java'), 'mvn', '-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`),
    ],
    bin: '',
  },
};

/** Installs the clients of each language that is there, at once, where their pinned versions are not installed yet. */
export async function installed(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Toolchains> {
  const names = Object.keys(RECIPES) as Needs[];
  const results = await Promise.all(names.map(async (name) => [name, await install(name, env, signal)] as const));
  return Object.fromEntries(results) as Toolchains;
}

async function install(name: Needs, env: NodeJS.ProcessEnv, signal: AbortSignal) {
  const { version, missing, pins, steps, bin } = RECIPES[name];
  const isThere = await run(version, { env, signal }).then(
    ({ code }) => code === 0,
    () => false,
  );
  signal.throwIfAborted();
  if (!isThere) return { missing };
  const pinned = hash('sha256', pins.map((file) => readFileSync(join(HERE, file), 'utf8')).join('\n')).slice(0, 16);
  const folder = join(CACHE, `${name}-${pinned}`);
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const step of steps(folder)) {
      const { code, output } = await run(step, { env, signal });
      if (code !== 0) throw new UserError(`The clients of ${name} were not installed:\n${output}`);
    }
    writeFileSync(done, '');
  }
  return { bin: join(folder, bin) };
}
