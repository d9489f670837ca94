import { parseArgs } from 'node:util';
import { isDay } from './arithmetic/day.ts';
import { type SimulatorOptions, startSimulator } from './simulator.ts';

const help = `OpenAI's organization API for an invented organization, on loopback.

  npm run simulator -- [options]

  --port <n>               default 9321; 0 takes a free one
  --seed <text>            another seed is another organization (default acme)
  --organization <name>    default "Acme Robotics"
  --admin-key <key>        instead of the one that is derived from the seed
  --today <YYYY-MM-DD>     the UTC day that counts as today (default: the real one)
  --facts-per-day <n>      project × line item × API key × user rows on an ordinary day (default 100)
  --long-decimals          some amounts have digits beyond the 18th decimal
  --latency <ms>           the delay of each response (default 0)
  --rate-429 <0..1>        the share of requests that are rate-limited (default 0)
  --rate-5xx <0..1>        the share of requests that fail with 500, 502 or 503 (default 0)
`;

class UsageError extends Error {}

function readOptions(): SimulatorOptions | 'help' {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9321' },
      seed: { type: 'string', default: 'acme' },
      organization: { type: 'string', default: 'Acme Robotics' },
      'admin-key': { type: 'string' },
      today: { type: 'string' },
      'facts-per-day': { type: 'string', default: '100' },
      'long-decimals': { type: 'boolean', default: false },
      latency: { type: 'string', default: '0' },
      'rate-429': { type: 'string', default: '0' },
      'rate-5xx': { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.today !== undefined && !isDay(values.today)) throw new UsageError('--today must be a day, YYYY-MM-DD.');
  const number = (name: 'port' | 'facts-per-day' | 'latency' | 'rate-429' | 'rate-5xx', most: number): number => {
    const value = Number(values[name]);
    if (!(value >= 0 && value <= most)) throw new UsageError(`--${name} must be a number from 0 to ${most}.`);
    return value;
  };
  return {
    port: number('port', 65_535),
    seed: values.seed,
    organization: values.organization,
    ...(values['admin-key'] && { adminKey: values['admin-key'] }),
    ...(values.today && { today: values.today }),
    factsPerDay: number('facts-per-day', 100_000),
    longDecimals: values['long-decimals'],
    knobs: { latencyMs: number('latency', 600_000), rate429: number('rate-429', 1), rate5xx: number('rate-5xx', 1) },
  };
}

async function main(): Promise<void> {
  process.title = 'pump-simulator (dev/simulators/openai/main.ts)';
  const options = readOptions();
  if (options === 'help') {
    process.stdout.write(help);
    return;
  }
  const simulator = await startSimulator(options);
  const stop = () => void simulator.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The parent that started it has ended.
  process.once('disconnect', stop);

  const control = simulator.url.replace(/v1$/, '__simulator');
  const keys = Object.entries(simulator.keys).map(([kind, key]) => `  ${kind.padEnd(16)} ${key}`);
  console.log(`${simulator.organization.name} (${simulator.organization.id}) on a simulated OpenAI:

  OPENAI_BASE_URL=${simulator.url}

Keys
${keys.join('\n')}

Change it while it runs
  restate the last 7 days   curl -X POST ${control}/restate
  revoke a key              curl -X POST ${control}/revoke -d '{"key":"admin"}'
  go slower, fail more      curl -X POST ${control}/knobs -d '{"latencyMs":500,"rate429":0.2}'
  take an endpoint away     curl -X POST ${control}/knobs -d '{"down":{"/organization/usage/images":404}}'
  add an unknown metric     curl -X POST ${control}/knobs -d '{"newMetric":"output_reasoning_tokens"}'
  fail the next requests    curl -X POST ${control}/fail -d '{"times":3,"failure":502,"path":"/organization/costs"}'
Read its state
  what was really spent     curl '${control}/truth?from=2026-01-01&to=2026-02-01'
  what was really used      curl '${control}/usage?endpoint=completions&from=2026-01-01&to=2026-02-01'
  which requests it got     curl ${control}/requests

Ctrl-C stops it.`);
  process.send?.({ url: simulator.url, keys: simulator.keys, organization: simulator.organization });
}

main().catch((error: Error & { code?: string }) => {
  const inUse = error.code === 'EADDRINUSE' && 'The port is in use: give another one with --port, or 0 for a free one.';
  const usage = error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS');
  console.error(inUse || (usage ? `${error.message} See --help.` : error.stack));
  process.exit(1);
});
