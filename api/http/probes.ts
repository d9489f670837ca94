/** Requested every few seconds by machines: logged at debug level only, and not traced. */
export const PROBES: readonly string[] = ['/health', '/ready', '/metrics'];
