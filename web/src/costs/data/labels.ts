import { asSeen } from '../../ui/format/name.ts';
import { type Dimension, labelOf, nameIn } from '../view/dimensions.ts';
import type { Group } from './sum-groups.ts';

/** How much of an id tells values of equal names apart. */
const TAIL = 6;

/** A name for each value of a dimension. Values whose names look alike have the end of their id behind it. */
export function labelsOf(by: Dimension, rows: readonly Group[]): ReadonlyMap<string, string> {
  const rowOf = new Map(rows.map((row) => [row[by] ?? '', row]));
  const names = [...rowOf].map(([value, row]) => [value, labelOf(by, value, nameIn(by, row))] as const);
  const shared = Map.groupBy(names, ([, name]) => asSeen(name));
  return new Map(
    names.map(([value, name]) => {
      const isShared = (shared.get(asSeen(name))?.length ?? 0) > 1 && value !== name && value !== '';
      return [value, isShared ? `${name} (…${value.slice(-TAIL)})` : name];
    }),
  );
}
