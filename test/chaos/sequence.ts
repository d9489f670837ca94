import type { State } from './checks/state.ts';
import type { Draw } from './draw.ts';
import { PHASE_NAMES, PHASES, type Phase, type PhaseName } from './phases/phases.ts';

const FIRST: readonly PhaseName[] = [
  ...(['connect', 'daily sync', 'range sync', 'rotation', 'backfill', 'full disk', 'purge, busy'] as const),
  ...(['connect', 'disconnect', 'reconnect', 'disconnect', 'purge'] as const),
];

/** Every phase, each where the one before left off; then any that is possible, for as long as it is iterated. */
export function* sequence(draw: Draw): Generator<PhaseName, void> {
  let state: State = 'absent';
  const possible = (name: PhaseName) => (PHASES[name] as Phase).from.includes(state);
  for (const name of FIRST) {
    yield name;
    state = PHASES[name].to;
  }
  for (;;) {
    const name: PhaseName = draw.oneOf(PHASE_NAMES.filter(possible));
    yield name;
    state = PHASES[name].to;
  }
}
