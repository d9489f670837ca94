import { styleText } from 'node:util';

/** Colours for a terminal; every function returns its text as it is where there is none, or where NO_COLOR is set. */
export type Paint = { bold: (text: string) => string; dim: (text: string) => string; bar: (text: string) => string };

export function paintFor(stream: NodeJS.WriteStream): Paint {
  const style = (format: 'bold' | 'dim' | 'cyan') => (text: string) => styleText(format, text, { stream });
  return { bold: style('bold'), dim: style('dim'), bar: style('cyan') };
}
