// Writes the workflows as one script, for the image: `node worker/bundle-workflows.ts FILE`.
import { writeFile } from 'node:fs/promises';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from './workflow-bundle.ts';

const [file] = process.argv.slice(2);
if (!file) throw new Error('Name the file to write: node worker/bundle-workflows.ts FILE');
const { code } = await bundleWorkflows(new DefaultLogger('WARN'));
await writeFile(file, code);
