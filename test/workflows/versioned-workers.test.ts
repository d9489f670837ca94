import { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#domain/day.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const deploymentName = 'pump';
const COMPLETED = temporal.api.enums.v1.RoutingConfigUpdateState.ROUTING_CONFIG_UPDATE_STATE_COMPLETED;
const stops: (() => Promise<void>)[] = [];
const written = Promise.withResolvers<void>();
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    withoutWorker: true,
    simulator: { factsPerDay: 3, knobs: { lookbackDays: 20 } },
    // A backfill runs until it may write.
    warehouseOfWorker: (warehouse) => ({
      ...warehouse,
      async insert(table, rows) {
        if (table === 'cost_days') await written.promise;
        return warehouse.insert(table, rows);
      },
    }),
  });
});
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await stack.stop();
});

/** Starts a worker of a build, and makes it the one that begins new workflows, on all partitions of the task queue. */
async function deploy(buildId: string): Promise<void> {
  stops.push(await stack.startWorker({ deploymentName, buildId }));
  const { workflowService, options } = stack.temporal;
  const { namespace } = options;
  const isSet = () =>
    workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId }).then(
      () => true,
      () => false, // its first poll has not come yet
    );
  await expect.poll(isSet).toBe(true);
  const stateOf = async () => {
    const { workerDeploymentInfo } = await workflowService.describeWorkerDeployment({ namespace, deploymentName });
    return workerDeploymentInfo?.routingConfigUpdateState;
  };
  await expect.poll(stateOf).toBe(COMPLETED);
}

/** The builds that the workflows of a type are on, oldest first; those that Temporal's list has by now. */
async function buildsOf(type: string): Promise<unknown[]> {
  const found = [];
  for await (const { workflowId, runId, startTime } of stack.temporal.workflow.list({
    query: `WorkflowType = '${type}'`,
  })) {
    const { raw } = await stack.temporal.workflow.getHandle(workflowId, runId).describe();
    found.push({ at: startTime, build: raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId });
  }
  return found.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ build }) => build);
}

test('what runs ends on the build that it began on, and what begins later is of the current one', async () => {
  await deploy('one');
  const id = await stack.startConnecting(stack.simulator.keys.admin);
  await expect.poll(() => buildsOf('backfill')).toEqual(['one']);
  await deploy('two');
  written.resolve();
  await stack.untilQuiet();
  await expect.poll(() => buildsOf('connectIntegration')).toEqual(['one']);
  await expect.poll(() => buildsOf('backfill')).toEqual(['one']);

  await stack.api(`/v1/integrations/${id}/syncs`, { from: addDays(TODAY, -3), to: TODAY });
  await stack.untilQuiet();
  await expect.poll(() => buildsOf('syncRange')).toEqual(['two']);
  expect(await stack.disconnect(id)).toBe(200);
  await expect.poll(() => buildsOf('changeIntegration')).toEqual(['one', 'two']);
});
