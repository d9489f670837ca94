import { absDecimal, type Decimal } from '../decimal.ts';
import { moneyInWords } from '../in-words.ts';
import type { Causes } from './causes.ts';
import { becauseOf, contributorInWords, movedIn } from './in-words.ts';

/** Names, each with its money. */
export type Table = { title: string; rows: readonly (readonly [string, string])[] };

/** What explains costs, as it is read at a glance: how much has which reason, and what changed by how much. */
export function causeTables(causes: Causes, currency: string): Table[] {
  const { reasons, contributors } = causes;
  const money = (amount: Decimal) => moneyInWords(absDecimal(amount), currency);
  const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const moved = movedIn(causes);
  const tables: Table[] = [
    { title: `Why it ${moved}`, rows: reasons.map((each) => [sentence(becauseOf(each)), money(each.change)]) },
    {
      title: reasons.length > 0 ? `What ${moved} most` : 'What most is for',
      rows: contributors.map((each) => [contributorInWords(each), money(each.change ?? each.amount)]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}
