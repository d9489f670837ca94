/** Fields that we do not know, as JSON object text sorted by name, numbers verbatim; '' where none. */
export function extraText(unknown: Record<string, unknown>): string {
  const names = Object.entries(unknown).sort(([a], [b]) => (a < b ? -1 : 1));
  return names.length > 0 ? JSON.stringify(Object.fromEntries(names)) : '';
}
