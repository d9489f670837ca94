import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** The failure that an activity threw; undefined where it ran out of time or was cancelled. */
export function thrownBy(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? cause : undefined;
}

/** Whether the provider refused the key. */
export const isRefusedKey = (error: unknown): boolean => ['key_rejected', 'scope_missing'].includes(failureType(error));

/** Why an activity failed, in one word: the type of its failure. */
export function failureType(error: unknown): string {
  const failure = thrownBy(error);
  return failure ? (failure.type ?? 'unknown') : 'timeout';
}
