/**
 * The host that serves an organization; '' for the address that is configured. Requests set it where the provider refers
 * them to another one, so that their caller can keep it.
 */
export type Region = { host: string };
