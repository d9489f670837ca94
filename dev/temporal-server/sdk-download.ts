// Lets the SDK download the CLI: `node sdk-download.ts DIRECTORY VERSION`. A process of its own, because the SDK's
// download has no deadline and cannot be aborted. The SDK also starts the server once; it is stopped again at once.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir = '', version = ''] = process.argv.slice(2);
try {
  const server = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', version: `v${version}`, downloadDir } },
  });
  await server.teardown();
} catch (error) {
  console.error(error instanceof Error ? error.message.replace(/^.*executable: | \(.*$/gs, '') : 'the download failed');
  process.exitCode = 1;
}
