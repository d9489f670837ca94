import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { isAccessProblem, isKeyProblem } from '#domain/integration.ts';

/** The failure that an activity threw; undefined where it ran out of time or was cancelled. */
export function thrownBy(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? cause : undefined;
}

/** Whether the provider refused the key, or the server that uses it. */
export function isRefusal(error: unknown): boolean {
  const type = failureType(error);
  return isAccessProblem(type) || (isKeyProblem(type) && type !== 'credential_missing');
}

/** Why an activity failed, in one word: the type of its failure. */
export function failureType(error: unknown): string {
  const failure = thrownBy(error);
  return failure ? (failure.type ?? 'unknown') : 'timeout';
}
