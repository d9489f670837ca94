import { ApplicationFailure } from '@temporalio/common';
import { ACCESS_PROBLEMS, KEY_PROBLEMS } from '#domain/integration.ts';
import { Problem } from '../../problem/problem.ts';
import { problems } from '../../problem/problems.ts';

/** Why a key was not connected. Any other failure says nothing about the key. */
const reasons = [...KEY_PROBLEMS, ...ACCESS_PROBLEMS, 'organization_unclear', 'organization_differs'] as const;

export const connectionProblems = [...reasons, 'provider_unavailable'] as const;

/** The problem that the failure of an attempt stands for. */
export function toConnectionProblem(cause: unknown): Problem {
  const failure = cause instanceof ApplicationFailure ? cause : undefined;
  const reason = reasons.find((each) => each === failure?.type) ?? 'provider_unavailable';
  const [host] = failure?.details ?? [];
  if (reason !== 'wrong_region' || typeof host !== 'string') return new Problem(reason);
  return new Problem(reason, { detail: `OpenAI refers to ${host}. ${problems.wrong_region.remedy}` });
}
