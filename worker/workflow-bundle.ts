import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  type Logger,
  type WorkflowBundleOption,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';

const SOURCES = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const BUNDLE = fileURLToPath(new URL('../workflows/bundle.js', import.meta.url));

/** Bundles the workflows and what they import into one script. */
export function bundleWorkflows(logger: Logger): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath: SOURCES, logger });
}

/**
 * The workflows for a worker. The image holds a bundle in place of the sources; wherever there are sources, they are
 * bundled anew, so that a bundle is never older than they are.
 */
export async function loadWorkflows(logger: Logger): Promise<WorkflowBundleOption> {
  return existsSync(SOURCES) ? await bundleWorkflows(logger) : { codePath: BUNDLE };
}
