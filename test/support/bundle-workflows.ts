import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** The workflows as tests run them, in one script: those of production, which in some namespaces are impatient. */
export async function bundleWorkflows(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    workflowInterceptorModules: [
      fileURLToPath(new URL('../../workflows/trace-interceptors.ts', import.meta.url)),
      fileURLToPath(new URL('impatience.ts', import.meta.url)),
    ],
    logger: new DefaultLogger('WARN'),
  });
  return code;
}
