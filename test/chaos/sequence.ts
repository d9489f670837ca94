import type { State } from './checks/state.ts';
import type { Draw } from './draw.ts';
import { PHASE_NAMES, PHASES, type Phase, type PhaseName } from './phases/phases.ts';

/** Every phase once, each where the one before left off; then any that is possible, for as long as it is iterated. */
export function* sequence(draw: Draw): Generator<PhaseName, void> {
  let state: State = 'absent';
  const possible = (name: PhaseName) => (PHASES[name] as Phase).from.includes(state);
  for (const name of PHASE_NAMES) {
    yield name;
    state = PHASES[name].to;
  }
  for (;;) {
    const name: PhaseName = draw.oneOf(PHASE_NAMES.filter(possible));
    yield name;
    state = PHASES[name].to;
  }
}
