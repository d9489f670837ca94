/** Told apart by eyes of every kind, on light and on dark: Okabe and Ito's, two of Tol's in place of yellow and black. */
const palette = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#aa4499', '#999933'];
export const othersColour = '#8a8f98';
/** As many as have a colour of their own at once. */
export const COLOURED = palette.length;

/**
 * A colour for each value, by a hash of the value: the same one in every view. Where two would share one, the later
 * takes the next that is free, so `values` are best those of a whole year, dearest first.
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

/** What is drawn, dearest first, in colours that differ: its own ones, the next free one where a dearer one has it. */
export function coloursOfDrawn(
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
