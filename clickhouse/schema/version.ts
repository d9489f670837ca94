/**
 * Raise it by one with every change of `migrations/` or `views/`; a test compares their hash. A worker of a lower
 * version leaves the database as it is, so an old worker that restarts puts no old view back.
 */
export const SCHEMA_VERSION = 19;
