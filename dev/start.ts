// `npm start`: the whole product on this machine, until Ctrl-C.
import { machineEnvironment, readEnvironment } from '#environment/parse.ts';
import { laptopEnvironment } from '#environment/processes.ts';
import { runCommandLine } from './cli/command.ts';
import { describeConnecting, describeReading, describeStack } from './stack/addresses.ts';
import { aborted, withStack } from './stack/stack.ts';

process.title = 'pump (dev/start.ts)';
const settings = readEnvironment(laptopEnvironment);
const print = (line: string) => console.log(line);

await runCommandLine((interrupt) =>
  withStack({ settings, machine: machineEnvironment(), print, interrupt }, async (stack, end) => {
    const sections = [describeStack(stack, settings), describeConnecting(stack), describeReading(stack, settings)];
    print(`\n${sections.join('\n\n')}\n`);
    print('Ctrl-C stops everything. Work that is running continues at the next start.');
    await aborted(end);
  }),
);
