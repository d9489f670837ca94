/** Distinguishable with every kind of colour vision, on light and dark: Okabe and Ito's, yellow and black replaced. */
const palette = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#aa4499', '#999933'];
export const othersColour = '#8a8f98';
/** How many values have a colour of their own at once. */
export const COLOUR_COUNT = palette.length;

/**
 * A colour for each value, by its hash, so that every view gives it the same one. If that is taken, the next free
 * one: pass the values of a whole year, the highest cost first, to keep colours stable.
 */
export function assignColours(values: readonly string[]): ReadonlyMap<string, string> {
  const colours = new Map<string, string>();
  const taken = new Set<number>();
  for (const value of values) {
    let at = hash(value) % palette.length;
    if (taken.size === palette.length) taken.clear();
    while (taken.has(at)) at = (at + 1) % palette.length;
    taken.add(at);
    colours.set(value, palette[at] ?? othersColour);
  }
  return colours;
}

/** A different colour for each value of a chart: its own one, or the next free one if an earlier value has it. */
export function distinctColours(
  drawn: readonly string[],
  own: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const colours = new Map<string, string>();
  for (const value of drawn) {
    const free = palette.filter((colour) => ![...colours.values()].includes(colour));
    const colour = own.get(value) ?? palette[hash(value) % palette.length] ?? othersColour;
    colours.set(value, free.includes(colour) ? colour : (free[0] ?? othersColour));
  }
  return colours;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
