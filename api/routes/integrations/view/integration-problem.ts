import { type IntegrationProblem, isKeyProblem } from '#domain/integration.ts';
import { describeProblem } from '../../../problem/problems.ts';

const RESUMES = 'The key is tried again daily: if OpenAI accepts it, syncing goes on by itself.';
const NEXT_SYNC = 'Nothing is lost: the next sync reads the missing days.';

/** Why an integration gets no new days, and what to do about it; null where nothing is wrong. */
export function describeIntegrationProblem(problem: IntegrationProblem) {
  if (problem === '') return null;
  if (problem === 'provider_unavailable') {
    const detail = `OpenAI refuses many keys at present. This says nothing about this one. ${NEXT_SYNC}`;
    return { ...describeProblem(problem), detail };
  }
  if (problem === 'credential_missing') return describeProblem(problem);
  const { code, title, detail } = describeProblem(problem);
  return { code, title, detail: `${detail} ${isKeyProblem(problem) ? RESUMES : NEXT_SYNC}` };
}
