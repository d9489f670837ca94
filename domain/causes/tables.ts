import type { Decimal } from '../decimal.ts';
import { moneyInWords } from '../in-words.ts';
import type { Causes } from './causes.ts';
import { BECAUSE, contributorInWords } from './in-words.ts';

/** Names, each with its money. */
export type Table = { title: string; rows: readonly (readonly [string, string])[] };

/** What explains costs, as it is read at a glance: how much of the rise has which reason, and what rose by how much. */
export function causeTables({ reasons, contributors }: Causes, currency: string): Table[] {
  const money = (amount: Decimal) => moneyInWords(amount, currency);
  const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const isCompared = reasons.length > 0;
  const tables: Table[] = [
    { title: 'Why it rose', rows: reasons.map(({ reason, change }) => [sentence(BECAUSE[reason]), money(change)]) },
    {
      title: isCompared ? 'What rose most' : 'What most is for',
      rows: contributors.map((each) => [contributorInWords(each), money(each.change ?? each.amount)]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}
