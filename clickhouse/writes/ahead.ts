/**
 * SQL of the latest version in unix milliseconds that a read can have by now. A later one is of a clock that was wrong:
 * clocks of servers differ by less than an hour.
 */
export const AHEAD = 'toUnixTimestamp64Milli(now64(3)) + 3600000';
