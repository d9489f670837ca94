const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar `share` (0 to 1) as long as `width` columns, exact to an eighth of one; never empty for more than nothing. */
export function bar(share: number, width: number): string {
  const eighths = Math.max(Math.round(Math.min(Math.max(share, 0), 1) * width * 8), share > 0 ? 1 : 0);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
