// `npm start`: the whole product on this machine, until Ctrl-C.
import { laptopEnvironment, machineEnvironment, readEnvironment } from '#environment.ts';
import { runCommandLine } from './cli/command.ts';
import { howToConnect, whereToLook } from './stack/addresses.ts';
import { aborted, withStack } from './stack/stack.ts';

process.title = 'pump (dev/start.ts)';
const settings = readEnvironment(laptopEnvironment);
const say = (line: string) => console.log(line);

await runCommandLine((interrupt) =>
  withStack({ settings, machine: machineEnvironment(), say, interrupt }, async (stack, end) => {
    say(`\n${whereToLook(stack, settings)}\n${howToConnect(stack)}\n`);
    say('Ctrl-C stops everything. What is running goes on at the next start.');
    await aborted(end);
  }),
);
