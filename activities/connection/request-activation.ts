import { requestChange } from '#workflows/contract/commands.ts';
import { type Activation, activate } from '#workflows/contract/messages.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { findIntegration } from './find-integration.ts';

/** Requests that a checked key becomes the active key of its integration. */
export async function requestActivation(dependencies: Dependencies, activation: Activation): Promise<void> {
  const integration = await findIntegration(dependencies, activation);
  await requestChange(dependencies.temporal, integration, activate, activation);
}
