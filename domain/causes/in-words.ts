import { absDecimal, type Decimal } from '../decimal.ts';
import { moneyInWords } from '../in-words.ts';
import type { Causes, Contributor, Reason } from './causes.ts';

const NAMED_CONTRIBUTORS = 3;

const BECAUSE: Readonly<Record<Reason, string>> = {
  new_project: 'a project is new',
  new_api_key: 'an API key is new',
  new_model: 'a model is new',
  new_line_item: 'a line item is new',
  unit_price: 'a unit costs more',
  quantity: 'more was used',
  charge: 'something was charged that has no quantity',
  stopped: 'it stopped',
};

/** Why, in the direction of a change. */
export const becauseOf = ({ reason, change }: Causes['reasons'][number]): string =>
  change.startsWith('-') && reason === 'quantity' ? 'less was used' : BECAUSE[reason];

/** From this part of the main reason's money on, the next one is named too. */
const ALSO = 0.5;

/** What explains costs, in two sentences at most; '' where there is nothing to explain. `what`: what rose or fell. */
export function causesInWords({ reasons, contributors }: Causes, currency: string, what = 'It'): string {
  const money = (amount: Decimal) => moneyInWords(absDecimal(amount), currency);
  const named = contributors.slice(0, NAMED_CONTRIBUTORS).map((each) => {
    return `${contributorInWords(each)} (${money(each.change ?? each.amount)})`;
  });
  if (named.length === 0) return '';
  const [main, next] = reasons;
  if (!main) return `Most is for ${named.join('; ')}.`;
  const because = (part: typeof main) => `because ${becauseOf(part)}: ${money(part.change)}`;
  const moved = main.change.startsWith('-') ? 'fell' : 'rose';
  const also = next && Number(next.change) / Number(main.change) >= ALSO ? `, and ${because(next)}` : '';
  return `${what} ${moved} mostly ${because(main)}${also}. What ${moved} most: ${named.join('; ')}.`;
}

/** OpenAI may name neither line item nor key nor project. Slack refuses a message with a cell that has no text. */
export function contributorInWords(contributor: Omit<Contributor, 'amount' | 'before' | 'change' | 'model'>): string {
  const { project_id, project_name, api_key_id, api_key_name, line_item } = contributor;
  const key = api_key_id && ` by the key ${api_key_name || api_key_id}`;
  const project = project_id && ` in ${project_name || project_id}`;
  return `${line_item.trim() || 'Costs without a name'}${key}${project}`;
}
