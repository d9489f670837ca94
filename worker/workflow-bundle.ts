import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WorkflowBundleOption } from '@temporalio/worker';

const SOURCES = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const BUNDLE = fileURLToPath(new URL('../workflows/bundle.js', import.meta.url));
const BUNDLER = fileURLToPath(new URL('bundle-workflows.ts', import.meta.url));

/**
 * The workflows for a worker. The image holds a bundle in place of the sources; wherever there are sources, they are
 * bundled anew, so that a bundle is never older than they are.
 */
export async function loadWorkflows(): Promise<WorkflowBundleOption> {
  return existsSync(SOURCES) ? { code: await bundleInItsOwnProcess() } : { codePath: BUNDLE };
}

/** A bundler takes some 400 MB, which a process never gives back. */
async function bundleInItsOwnProcess(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'pump-workflows-'));
  try {
    const file = join(directory, 'bundle.js');
    await promisify(execFile)(process.execPath, [BUNDLER, file]);
    return await readFile(file, 'utf8');
  } finally {
    await rm(directory, { recursive: true });
  }
}
