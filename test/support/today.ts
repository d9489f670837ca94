/** Today in UTC. A run does not begin just before midnight (global-setup), so it is today until the run ends. */
export const TODAY = new Date().toISOString().slice(0, 10);
