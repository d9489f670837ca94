import { ClickHouseException } from '../sql/exception.ts';

/** What one statement sees. Parameters are text in ClickHouse's escaped form, as in a URL. */
export type Context = {
  /** Whose rights the statement has. */
  role: string;
  database: string | undefined;
  settings: Record<string, string>;
  parameters: Record<string, string>;
  /** The format of the result, if the statement names none. */
  format: string;
  /** Whether nobody waits for the result: such statements take few of the slots. */
  isBackground?: boolean;
  /** Kills the statement when aborted; run() then rejects with the signal's reason. */
  signal: AbortSignal;
};

/**
 * What two statements must have in common to use one connection after another: role, database, and the names of the
 * settings and parameters, whose values the second one sets again. Once read-only, a connection cannot be changed.
 */
export function kindOf({ role, database, settings, parameters }: Context): string {
  const { readonly } = settings;
  const names = [Object.keys(settings).sort(), Object.keys(parameters).sort()];
  return JSON.stringify([role, database, readonly, readonly === '1' ? [settings, parameters] : names]);
}

/** What SET assigns. `readonly` comes last: a read-only connection accepts no further settings. */
export function assignments({ settings, parameters }: Pick<Context, 'settings' | 'parameters'>, tag: string): string[] {
  const { readonly, ...others } = settings;
  const list = [
    ...Object.entries({ ...others, query_cache_tag: tag }).map(([name, value]) => assignment('setting', name, value)),
    ...Object.entries(parameters).map(([name, value]) => assignment('parameter', name, value, 'param_')),
  ];
  if (readonly !== undefined) list.push(assignment('setting', 'readonly', readonly));
  return list;
}

/** The statement that selects a database. */
export function use(database: string): string {
  return `USE ${identifier(database)}`;
}

/** A quoted name. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

const NAME = /^[A-Za-z_]\w*$/;

function assignment(what: string, name: string, value: string, prefix = ''): string {
  if (!NAME.test(name)) throw new ClickHouseException(36, 'BAD_ARGUMENTS', `Invalid name of a ${what}`);
  return `${prefix}${name} = ${quote(value)}`;
}

/** A string literal. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
