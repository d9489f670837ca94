// Writes the workflows and what they import as one script: `node worker/bundle-workflows.ts FILE`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const [file] = process.argv.slice(2);
if (!file) throw new Error('Name the file to write: node worker/bundle-workflows.ts FILE');
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  workflowInterceptorModules: [fileURLToPath(new URL('../workflows/trace-interceptors.ts', import.meta.url))],
  logger: new DefaultLogger('WARN'),
});
await writeFile(file, code);
