/** `Array(Nullable(String))` is `Array` with the one argument `Nullable(String)`. */
export function readType(type: string): { name: string; args: string[] } {
  const open = type.indexOf('(');
  if (open === -1) return { name: type, args: [] };
  const args: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < type.length; at++) {
    const character = type[at];
    if (character === "'" || character === '`') at = quotedEnd(type, at);
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    const isEnd = depth === 0 && at > open;
    if (!isEnd && !(character === ',' && depth === 1)) continue;
    const arg = type.slice(start, at).trim();
    if (arg !== '') args.push(arg);
    start = at + 1;
    if (isEnd) break;
  }
  return { name: type.slice(0, open), args };
}

/** The type of a tuple's element, which may have a name before it. */
export function elementType(element: string): string {
  const quoted = element.startsWith('`');
  const name = quoted ? element.slice(0, quotedEnd(element, 0) + 1) : (/^\w+(?=\s)/.exec(element)?.[0] ?? '');
  return element.slice(name.length).trim();
}

function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
  }
  return text.length;
}
