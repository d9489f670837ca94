// Loaded before worker/main.ts: its workflows are those of WORKFLOW_BUNDLE, which tests can make impatient.
import { Worker } from '@temporalio/worker';

const { create } = Worker;
Worker.create = (options) =>
  create.call(Worker, {
    ...options,
    ...(options.workflowBundle && { workflowBundle: { codePath: process.env.WORKFLOW_BUNDLE ?? '' } }),
  });
