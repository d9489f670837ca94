import { readFileSync } from 'node:fs';
import { inject } from 'vitest';

/** The workflows as the run's workers have them. */
export const workflowBundle = () => ({ code: readFileSync(inject('workflowBundle'), 'utf8') });
