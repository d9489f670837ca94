import { ApplicationFailure } from '@temporalio/workflow';
import { isDay } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';

/** The fields of what workflows are started and signalled with, and what each must be. */
const CHECKS = {
  tenant_id: ['a tenant’s id', isText],
  integration_id: ['an integration’s id', isText],
  credential_id: ['a stored key’s id', isText],
  budget_id: ['a budget’s id', isText],
  alert_id: ['an alert’s id', isText],
  channel_id: ['a channel’s id', isText],
  from: ['a UTC day, YYYY-MM-DD', isDayText],
  to: ['a UTC day, YYYY-MM-DD', isDayText],
  attempt_run_id: ['a run’s id', isText],
  because: ['what is lost', isText],
  organization: ['an organization', (value) => typeof value === 'object' && value !== null],
  purge: ['true or false', (value) => typeof value === 'boolean'],
  today: ['a UTC day, YYYY-MM-DD', isDayText],
  purged_at: ['unix milliseconds', Number.isSafeInteger],
} as const satisfies Record<string, readonly [string, (value: unknown) => boolean]>;

/**
 * Fails a workflow at once whose input lacks a field: one that was started by hand would retry for ever otherwise.
 * @throws ApplicationFailure `invalid_input` that names the fields
 */
export function checkInput(input: unknown, fields: readonly (keyof typeof CHECKS)[]): void {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const wrong = fields.filter((field) => !CHECKS[field][1](given[field]));
  if (wrong.length === 0) return;
  const message = `The input must be an object with ${wrong.map((field) => `${field}: ${CHECKS[field][0]}`).join('; ')}.`;
  throw ApplicationFailure.nonRetryable(message, 'invalid_input');
}

/** Checks what names an integration. */
export const checkIntegration = (input: IntegrationKey): void => checkInput(input, ['tenant_id', 'integration_id']);

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isDayText(value: unknown): boolean {
  return typeof value === 'string' && isDay(value);
}
