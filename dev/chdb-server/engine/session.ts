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
 * What two sessions must have in common to use one connection after another: everything but the parameters' values,
 * each of which the second one sets again.
 */
export function kindOf({ database, settings, parameters }: Session): string {
  return JSON.stringify([database, Object.entries(settings).sort(), Object.keys(parameters).sort()]);
}

/** The statements that set up a connection. `readonly` comes last: a read-only session accepts no further settings. */
export function setup({ database, settings }: Session, tag: Record<string, string>): string[] {
  const { readonly, ...others } = settings;
  const list = Object.entries({ ...others, ...tag, ...(readonly !== undefined && { readonly }) });
  const set = `SET ${list.map(([name, value]) => assignment('setting', name, value)).join(', ')}`;
  return database ? [`USE ${quoteName(database)}`, set] : [set];
}

/** The statement that sets the parameters, if there are any. */
export function setParameters({ parameters }: Session): string | undefined {
  const list = Object.entries(parameters).map(([name, value]) => assignment('parameter', name, value, 'param_'));
  return list.length > 0 ? `SET ${list.join(', ')}` : undefined;
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

function quoteName(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}
