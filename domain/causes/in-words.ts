import { absDecimal } from '../decimal.ts';
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
export function causesInWords(causes: Causes, currency: string, what = 'It'): string {
  const [main, next] = causes.reasons;
  const most = contributorsInWords(causes, currency);
  if (!main || most === '') return most;
  const because = (part: typeof main) =>
    `because ${becauseOf(part)}: ${moneyInWords(absDecimal(part.change), currency)}`;
  const also = next && Number(next.change) / Number(main.change) >= ALSO ? `, and ${because(next)}` : '';
  return `${what} ${movedIn(causes)} mostly ${because(main)}${also}. ${most}`;
}

/** The sentence on what rose or fell most, or what most is for. A table says it, too, and more. */
export function contributorsInWords(causes: Causes, currency: string): string {
  const named = causes.contributors.slice(0, NAMED_CONTRIBUTORS).map((each) => {
    return `${contributorInWords(each)} (${moneyInWords(absDecimal(each.change ?? each.amount), currency)})`;
  });
  if (named.length === 0) return '';
  return `${causes.reasons.length > 0 ? `What ${movedIn(causes)} most:` : 'Most is for'} ${named.join('; ')}.`;
}

/** `rose` or `fell`. */
export const movedIn = ({ reasons }: Causes): string => (reasons[0]?.change.startsWith('-') ? 'fell' : 'rose');

/** OpenAI may name neither line item nor key nor project. Slack refuses a message with a cell that has no text. */
export function contributorInWords(contributor: Omit<Contributor, 'amount' | 'before' | 'change' | 'model'>): string {
  const { project_id, project_name, api_key_id, api_key_name, line_item } = contributor;
  const key = api_key_id && ` by the key ${api_key_name || api_key_id}`;
  const project = project_id && ` in ${project_name || project_id}`;
  return `${line_item.trim() || 'Costs without a name'}${key}${project}`;
}
