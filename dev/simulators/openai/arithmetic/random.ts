/** A 32-bit hash (FNV-1a with murmur's finish): the same text gives the same number on every machine. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Numbers in [0, 1) that follow from the text alone (mulberry32). */
export function randomFrom(text: string): () => number {
  let state = hash(text);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const made = new Map<string, string>();

/** `length` letters and digits that follow from the text alone: the tail of an id or a key. */
export function lettersFrom(text: string, length: number): string {
  // Memoized: every fact has three such ids.
  let found = made.get(text);
  if (found === undefined) {
    const next = randomFrom(text);
    found = Array.from({ length }, () => letters[Math.floor(next() * letters.length)]).join('');
    made.set(text, found);
  }
  return found;
}
