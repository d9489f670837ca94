import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dockerfileText, isIgnored, readStages, root, type Stage } from './dockerfile.ts';
import { linkTree } from './link-tree.ts';

/** What a stage left: its file system, the directory that commands run in, and what ENV and CMD say. */
export type BuiltStage = { files: string; directory: string; env: NodeJS.ProcessEnv; command: string[] };

/**
 * Does what the Dockerfile says, as far as that goes without Docker: each stage begins with an empty folder, gets only
 * what it copies, and runs its commands there with this machine's Node. `npm ci` links the packages of this machine.
 * @param target the stage to build, with those that it copies from; by default the last one
 * @throws Error that names the stage and the instruction that failed
 */
export async function buildImage({ dockerfile = dockerfileText, target = 'image' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pump-image-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const bin = standInForNpm(folder);
  const stages: Record<string, Promise<BuiltStage>> = {};
  for (const stage of neededFor(target, readStages(dockerfile))) {
    stages[stage.name] = buildStage(stage, { folder, bin, stages });
  }
  const built = await Promise.allSettled(Object.values(stages));
  const failed = built.find((result) => result.status === 'rejected');
  if (failed) {
    await remove();
    throw failed.reason;
  }
  return { stage: (name: string) => stages[name] as Promise<BuiltStage>, remove };
}

/** A stage and those that it copies from, in their order. */
function neededFor(target: string, all: Stage[]): Stage[] {
  const needed = new Set([target]);
  for (const { name, instructions } of all.toReversed()) {
    if (!needed.has(name)) continue;
    for (const { text } of instructions) needed.add(/^--from=(\S+)/.exec(text)?.[1] ?? target);
  }
  return all.filter(({ name }) => needed.has(name));
}

type Context = { folder: string; bin: string; stages: Record<string, Promise<BuiltStage>> };

async function buildStage({ name, instructions }: Stage, context: Context): Promise<BuiltStage> {
  const files = join(context.folder, name);
  const stage: BuiltStage = { files, directory: files, env: {}, command: [] };
  mkdirSync(files);
  for (const { keyword, text } of instructions) {
    try {
      await carryOut(keyword, text, stage, context);
    } catch (error) {
      throw new Error(`Stage ${name}: ${keyword} ${text}: ${(error as Error).message}`, { cause: error });
    }
  }
  return stage;
}

async function carryOut(keyword: string, text: string, stage: BuiltStage, { bin, stages }: Context): Promise<void> {
  switch (keyword) {
    case 'WORKDIR':
      stage.directory = join(stage.files, text);
      mkdirSync(stage.directory, { recursive: true });
      return;
    case 'ENV': {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? [];
      stage.env[name] = value;
      return;
    }
    case 'COPY': {
      const [, from, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(text) ?? [];
      const names = paths.split(/\s+/);
      const destination = names.pop() ?? '';
      const source = from === undefined ? undefined : await stages[from];
      if (from !== undefined && !source) throw new Error(`there is no stage ${from} before this one`);
      for (const each of names) copy(each, destination, stage, source);
      return;
    }
    case 'RUN': {
      const env = { ...stage.env, PATH: [bin, process.env.PATH].join(delimiter), HOME: stage.files };
      await promisify(execFile)('/bin/sh', ['-c', text], { cwd: stage.directory, env });
      return;
    }
    case 'CMD':
      stage.command = JSON.parse(text);
      return;
    case 'USER':
    case 'EXPOSE':
      return; // They change no file.
    default:
      throw new Error('build-image.ts does not know this instruction: teach it');
  }
}

/** Copies as Docker does: the content of a folder, or a file into a folder or under a name. */
function copy(path: string, destination: string, stage: BuiltStage, other: BuiltStage | undefined): void {
  const context = fileURLToPath(root);
  const source = other ? join(other.files, path) : join(context, path);
  if (!existsSync(source) || (!other && isIgnored(path))) throw new Error(`${path} is not there`);
  const target = resolve(stage.directory, destination);
  if (statSync(source).isDirectory()) {
    if (other) linkTree(source, target);
    else cpSync(source, target, { recursive: true, filter: (each) => !isIgnored(relative(context, each)) });
    return;
  }
  const file = destination.endsWith('/') ? join(target, basename(path)) : target;
  mkdirSync(dirname(file), { recursive: true });
  cpSync(source, file);
}

/** A folder for the PATH, with `npm` and the Node that runs this. */
function standInForNpm(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const scripts = { node: '', npm: fileURLToPath(new URL('npm.ts', import.meta.url)) };
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec "${process.execPath}" ${script && `"${script}"`} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}
