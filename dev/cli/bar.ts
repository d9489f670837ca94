const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `share` (0 to 1) times `width` columns, exact to an eighth of one; only a share of 0 is empty. */
export function bar(share: number, width: number): string {
  const eighths = Math.max(Math.round(Math.min(Math.max(share, 0), 1) * width * 8), share > 0 ? 1 : 0);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
