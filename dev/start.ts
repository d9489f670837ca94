// `npm start`: the whole product on this machine, until Ctrl-C.
import { once } from 'node:events';
import { laptopEnvironment, machineEnvironment, readEnvironment } from '../environment.ts';
import { runCommandLine } from './command.ts';
import { startStack } from './stack.ts';
import { whereToLook } from './where-to-look.ts';

process.title = 'pump (dev/start.ts)';
const settings = readEnvironment(laptopEnvironment);

await runCommandLine(async (interrupt) => {
  const say = (line: string) => console.log(line);
  const stack = await startStack({ settings, machine: machineEnvironment(), say, interrupt });
  try {
    console.log(
      `\n${whereToLook(stack, settings)}\n\nCtrl-C stops everything; what is running goes on at the next start.`,
    );
    const end = AbortSignal.any([interrupt, stack.died]);
    if (!end.aborted) await once(end, 'abort');
    stack.died.throwIfAborted();
    console.log('\nStopping …');
  } finally {
    await stack.stop();
  }
});
