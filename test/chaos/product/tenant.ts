/** The one tenant of a run, and its namespace, whose workflows wait for seconds (test/support/impatience.ts). */
export const TENANT = 'acme';
export const NAMESPACE = 'impatient-test-kills-chaos';
