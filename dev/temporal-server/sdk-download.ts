// Downloads the CLI with Temporal's SDK: `node sdk-download.ts DIRECTORY VERSION`. It is a process of its own because the
// SDK's download has no deadline and cannot be aborted. The SDK also starts a server, which is stopped at once.
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
