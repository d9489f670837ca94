import { moneyInWords } from '../alerts/in-words.ts';
import { compareDecimals } from '../decimal.ts';
import type { CostChange } from './cost-change.ts';
import type { Contributor, Explanation, Reason } from './explain-costs.ts';

const NAMED_CONTRIBUTORS = 3;

const BECAUSE: Readonly<Record<Reason, string>> = {
  new_project: 'a project is new',
  new_api_key: 'an API key is new',
  new_model: 'a model is new',
  new_line_item: 'a line item is new',
  unit_price: 'a unit costs more',
  quantity: 'more was used',
  charge: 'something was charged that has no quantity',
};

/** From this part of the main reason's money on, the next one is named too. */
const ALSO = 0.5;

/** What explains a rise, in two sentences; '' where nothing rose. `what`: what rose. */
export function explainInWords({ reasons, contributors }: Explanation, currency: string, what = 'It'): string {
  const [main, next] = reasons;
  if (!main) return '';
  const most = contributors.slice(0, NAMED_CONTRIBUTORS);
  const named = most.map((each) => `${contributorInWords(each)} (${moneyInWords(each.change, currency)})`);
  const because = ({ reason, change }: (typeof reasons)[number]) =>
    `because ${BECAUSE[reason]}: ${moneyInWords(change, currency)}`;
  const also = next && Number(next.change) >= ALSO * Number(main.change) ? `, and ${because(next)}` : '';
  return `${what} rose mostly ${because(main)}${also}. What rose most: ${named.join('; ')}.`;
}

/** What costs are for, where nothing is known that they rose from; '' where there are none. */
export function mostInWords(changes: readonly CostChange[], currency: string): string {
  const most = changes
    .filter(({ amount }) => compareDecimals(amount, '0') > 0)
    .sort((a, b) => compareDecimals(b.amount, a.amount))
    .slice(0, NAMED_CONTRIBUTORS);
  const named = most.map((each) => `${contributorInWords(each)} (${moneyInWords(each.amount, currency)})`);
  return most.length === 0 ? '' : `Most is for ${named.join('; ')}.`;
}

type Named = Omit<Contributor, 'change' | 'model'>;

function contributorInWords({ project_id, project_name, api_key_id, api_key_name, line_item }: Named): string {
  const key = api_key_id && ` by the key ${api_key_name || api_key_id}`;
  const project = project_id && ` in ${project_name || project_id}`;
  return `${line_item}${key}${project}`;
}
