/** A type without LowCardinality, which only says how values are stored. */
export function withoutStorage(type: string): string {
  return type.replaceAll(/LowCardinality\(((?:[^()]|\([^()]*\))*)\)/g, '$1');
}
