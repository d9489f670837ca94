import { ClickHouseException } from '../sql/exception.ts';

/** The settings of one statement. Parameters are text in ClickHouse's escaped form, as in a URL. */
export type Session = {
  database: string | undefined;
  settings: Record<string, string>;
  parameters: Record<string, string>;
  /** The format of the result, if the statement names none. */
  format: string;
  /** Kills the statement when aborted; run() then rejects with the signal's reason. */
  signal: AbortSignal;
};

/**
 * What two sessions must have in common to use one connection after another: the database, and the names of the
 * settings and parameters, whose values the second one sets again. Once read-only, a connection cannot be changed.
 */
export function kindOf({ database, settings, parameters }: Session): string {
  const { readonly } = settings;
  const names = [Object.keys(settings).sort(), Object.keys(parameters).sort()];
  return JSON.stringify([database, readonly, readonly === '1' ? [settings, parameters] : names]);
}

/** The statement that sets all values. `readonly` comes last: a read-only session accepts no further settings. */
export function setValues({ settings, parameters }: Session, tag: string): string {
  const { readonly, ...others } = settings;
  const list = [
    ...Object.entries({ ...others, query_cache_tag: tag }).map(([name, value]) => assignment('setting', name, value)),
    ...Object.entries(parameters).map(([name, value]) => assignment('parameter', name, value, 'param_')),
  ];
  if (readonly !== undefined) list.push(assignment('setting', 'readonly', readonly));
  return `SET ${list.join(', ')}`;
}

/** The statement that selects a database. */
export function use(database: string): string {
  return `USE \`${database.replace(/[\\`]/g, '\\$&')}\``;
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
