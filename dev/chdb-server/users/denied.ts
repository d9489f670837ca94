import { ClickHouseException } from '../sql/exception.ts';
import type { Token } from '../sql/lexer.ts';

/** The error of what an analyst may not do. */
export function denied(what: string): ClickHouseException {
  return new ClickHouseException(497, 'ACCESS_DENIED', `Not enough privileges: an analyst may not use ${what} here`);
}

/** A name without its quotes. */
export function bare({ text }: Token): string {
  return text.replace(/^[`"“]|[`"”]$/g, '');
}
