import type { z } from 'zod';
import { laptopEnvironment } from './processes.ts';

export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Parses an environment.
 * @throws EnvironmentError that names each variable and what is wrong with it, never its value
 */
export function parseEnvironment<T extends z.ZodType>(
  schema: T,
  values: Record<string, string | undefined>,
): z.infer<T> {
  // An empty variable, as `PORT= npm start` or a compose file leaves it, means "not given".
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    if (given[name] !== undefined) return `${name}: ${issue.message}`;
    return issue.code === 'custom' ? `${name} ${issue.message}` : `${name} is not set`;
  });
  throw new EnvironmentError(`The environment is not right. ${lines.join('; ')}. docs/configuration.md explains each.`);
}

/** For a `main.ts`: parses this process's environment. If it is not valid, prints one sentence and exits with 1. */
export function readEnvironment<T extends z.ZodType>(schema: T): z.infer<T> {
  try {
    return parseEnvironment(schema, process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** This process's environment without our settings (PATH, proxies, …). Child processes get it beside their own. */
export function machineEnvironment(): NodeJS.ProcessEnv {
  // XDG_CACHE_HOME is also read by pip, Go and others.
  const ours = (name: string) => name in laptopEnvironment.shape && name !== 'XDG_CACHE_HOME';
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name)));
}
