import { styleText } from 'node:util';

/** Styles for a terminal; each returns the text unchanged if the output is no terminal or NO_COLOR is set. */
export type Colours = { bold: (text: string) => string; dim: (text: string) => string; bar: (text: string) => string };

export function coloursFor(stream: NodeJS.WriteStream): Colours {
  const style = (format: 'bold' | 'dim' | 'cyan') => (text: string) => styleText(format, text, { stream });
  return { bold: style('bold'), dim: style('dim'), bar: style('cyan') };
}
