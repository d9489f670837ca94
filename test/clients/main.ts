// `npm run test:clients`: real clients, each with its defaults, against a stack with the simulator's organization. They
// are installed into node_modules/.cache; what this machine has no Python, Go or Java for is skipped and named.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '#dev/cli/command.ts';
import { UserError } from '#dev/cli/user-error.ts';
import { createApiClient } from '#dev/demo/api-client.ts';
import { demoSettings } from '#dev/demo/demo-settings.ts';
import { watchBackfill } from '#dev/demo/watch-backfill.ts';
import { analystsOf } from '#dev/stack/addresses.ts';
import { simulatorPart } from '#dev/stack/parts.ts';
import { withStack } from '#dev/stack/stack.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import { addDays, today } from '#domain/day.ts';
import { machineEnvironment } from '#environment/parse.ts';
import { waitOverMidnight } from '../support/wait-over-midnight.ts';
import { CLIENTS } from './clients.ts';
import { expectedCosts, type Month, plain } from './costs.ts';
import { installed } from './install.ts';
import { run } from './run.ts';

/** Longer than all clients take on a busy machine. */
const RUN_MS = 600_000;

await runCommandLine(async (interrupt) => {
  const machine = machineEnvironment();
  const toolchains = await installed(machine, interrupt);
  await waitOverMidnight(RUN_MS);
  const directory = mkdtempSync(join(tmpdir(), 'pump-clients-'));
  const adminKey = `sk-admin-${randomBytes(32).toString('base64url')}`;
  const port = await freePort();
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const settings = { ...(await demoSettings(directory, print)), OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
  const options = { settings, machine, print: () => {}, interrupt, before: [simulatorPart(port, adminKey, machine)] };
  const failures: string[] = [];
  try {
    await withStack(options, async (stack, end) => {
      const api = createApiClient(stack.api, stack.secrets.API_TOKEN, end);
      const { id } = await api.connect(adminKey);
      await watchBackfill(api, id, { show() {}, end() {} }, end);
      const day = addDays(today(), -1);
      const month: Month = { from: addDays(day, -30), to: day };
      const expected = await expectedCosts(stack, month);
      const [analyst] = analystsOf(stack, settings);
      const environment = {
        ...machine,
        API_URL: stack.api,
        TOKEN: stack.secrets.API_TOKEN,
        CLICKHOUSE_HOST: '127.0.0.1',
        CLICKHOUSE_PORT: String(settings.CLICKHOUSE_PORT),
        CLICKHOUSE_USER: analyst?.user,
        CLICKHOUSE_PASSWORD: analyst?.password,
        FROM: month.from,
        TO: month.to,
        COSTS_BY_PROJECT: `SELECT project_id, sum(amount) AS amount FROM default.costs WHERE tenant_id = 'local' AND
          day >= '${month.from}' AND day < '${month.to}' GROUP BY project_id ORDER BY project_id`,
      };
      for (const { name, needs, command } of CLIENTS) {
        const toolchain = toolchains[needs];
        if ('missing' in toolchain) {
          print(`${name.padEnd(40)} skipped: ${toolchain.missing}`);
          continue;
        }
        const begun = performance.now();
        const { code, stdout, output } = await run(command(toolchain.bin), { env: environment, signal: end });
        const wrong = code === 0 ? differences(stdout, expected) : [`it ended with ${code}:\n${output}`];
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        print(`${name.padEnd(40)} ${wrong.length === 0 ? 'ok' : 'FAILED'} in ${seconds} s`);
        failures.push(...wrong.map((what) => `${name}: ${what}`));
      }
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  if (failures.length > 0) throw new UserError(failures.join('\n'));
});

/**
 * Each line that a client prints as JSON has the costs that the API has, and says that what it wrote was there. A line
 * without costs is of a client that compared them itself.
 */
function differences(stdout: string, expected: Record<string, string>): string[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{"'));
  if (lines.length === 0) return [`it printed no result:\n${stdout}`];
  return lines.flatMap((line) => {
    const { costs, written = 1000, hasComment = true } = JSON.parse(line);
    const wanted = JSON.stringify(expected);
    const got = costs === undefined ? wanted : JSON.stringify(plain(costs));
    return [
      ...(got === wanted ? [] : [`costs are ${got}, the API's are ${wanted}`]),
      ...(written === 1000 ? [] : [`1000 rows were sent, ${written} were written`]),
      ...(hasComment ? [] : ['the view has no comment']),
    ];
  });
}
