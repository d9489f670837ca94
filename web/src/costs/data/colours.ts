/** Distinguishable with every kind of colour vision, on light and dark: Okabe and Ito's, yellow and black replaced. */
const palette = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#aa4499', '#999933'];
export const othersColour = '#8a8f98';
/** How many values have a colour of their own at once. */
export const COLOUR_COUNT = palette.length;

/** The colours that this tab has given: a value keeps its own from view to view. */
const given = new Map<string, string>();

/** A different colour for each value of a chart: the one it had, or that of its hash, or else the next free one. */
export function distinctColours(drawn: readonly string[]): ReadonlyMap<string, string> {
  const colours = new Map<string, string>();
  const free = new Set(palette);
  for (const value of drawn.toSorted((a, b) => Number(given.has(b)) - Number(given.has(a)))) {
    const own = given.get(value) ?? palette[hash(value) % palette.length] ?? othersColour;
    const [next = othersColour] = free;
    const colour = free.has(own) ? own : next;
    free.delete(colour);
    colours.set(value, colour);
    if (!given.has(value)) given.set(value, colour);
  }
  return colours;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
