// Loaded before worker/main.ts: its workflows are those of WORKFLOW_BUNDLE, which are bundled once for all tests.
import { registerHooks } from 'node:module';

const source = `export const loadWorkflows = () => ({ codePath: ${JSON.stringify(process.env.WORKFLOW_BUNDLE)} })`;
const stub = `data:text/javascript,${encodeURIComponent(source)}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/workflow-bundle.ts') ? { url: stub, shortCircuit: true } : next(specifier, context),
});
