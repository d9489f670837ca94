import { formatExact, parseExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import type { Truth } from '#dev/simulators/openai/truth.ts';
import { USAGE_ENDPOINTS } from '#domain/dataset.ts';
import { parseLineItem } from '#providers/openai/costs/line-item.ts';

type Range = { from: string; to: string };
/** The columns of model_days that are not 0, as decimal text, by `day project model`. */
type ModelDays = Map<string, Record<string, string>>;

const inTokens: Record<string, string> = {
  input: 'input_uncached',
  cached_input: 'input_cached',
  cache_write: 'input_cache_write',
  output: 'output',
  none: 'input_uncached', // embeddings
};

/** The rows that model_days should have for the range, computed from what the simulator knows. */
export function modelTruth(truth: Truth, range: Range): ModelDays {
  const models = new Map<string, Map<string, bigint>>();
  const add = (name: string, column: string, value: bigint) => {
    const numbers = models.get(name) ?? new Map<string, bigint>();
    models.set(name, numbers.set(column, (numbers.get(column) ?? 0n) + value));
  };
  addBill(truth, range, add);
  const billed = new Map([...models].map(([name, numbers]) => [name, new Set(numbers.keys())]));
  addUsage(truth, range, billed, add);
  return new Map([...models].map(([name, numbers]) => [name, withoutZeros(numbers)]));
}

type Add = (name: string, column: string, value: bigint) => void;

function addBill(truth: Truth, { from, to }: Range, add: Add): void {
  for (const { day, facts } of truth.days(from, to)) {
    for (const { project_id, line_item, amount, quantity, quantity_unit } of facts) {
      const { model, token_type, modality } = parseLineItem(line_item);
      if (model === '') continue;
      const name = nameOf(day, project_id, model);
      const money = parseExact(amount);
      const units = parseExact(quantity ?? '0') * (quantity_unit === 'duration_minutes' ? 60n : 1n);
      add(name, 'cost', money);
      if (quantity_unit === 'tokens') {
        const kind = inTokens[token_type] as string;
        const columns = [kind, ...(modality === 'audio' || modality === 'image' ? [withMedium(kind, modality)] : [])];
        for (const column of columns) {
          add(name, `${column}_tokens`, units);
          add(name, `${column}_cost`, money);
        }
      } else {
        const column = quantity_unit?.startsWith('duration') ? 'seconds' : `${quantity_unit}`;
        add(name, column, units);
        add(name, `${column}_cost`, money);
      }
    }
  }
}

/** Adds the requests, and the quantities that the bill of the day does not have. */
function addUsage(truth: Truth, { from, to }: Range, billed: Map<string, Set<string>>, add: Add): void {
  for (const endpoint of USAGE_ENDPOINTS) {
    if (endpoint === 'web_search_calls') continue; // its requests are counted under completions
    for (const { day, facts } of truth.usage(endpoint, from, to).days) {
      for (const { dimensions, metrics } of facts) {
        if (!dimensions.model) continue;
        const name = nameOf(day, dimensions.project_id, String(dimensions.model));
        const bill = billed.get(name);
        const count = (column: string, value = 0) => add(name, column, BigInt(value) * parseExact('1'));
        count('num_model_requests', metrics.num_model_requests);
        for (const unit of ['images', 'seconds', 'characters']) if (!bill?.has(unit)) count(unit, metrics[unit]);
        if (bill) continue;
        const { input_tokens = 0, input_cached_tokens = 0, input_cache_write_tokens = 0, output_tokens } = metrics;
        count('input_uncached_tokens', input_tokens - input_cached_tokens - input_cache_write_tokens);
        count('input_cache_write_tokens', input_cache_write_tokens);
        count('input_cached_tokens', input_cached_tokens);
        count('output_tokens', output_tokens);
      }
    }
  }
}

const nameOf = (day: string, project: unknown, model: string) =>
  `${day} ${project ?? ''} ${model === 'whisper' ? 'whisper-1' : model.replace(/-\d{4}-\d\d-\d\d$/, '')}`;
const withMedium = (kind: string, medium: string) => `${kind.replace('_uncached', '')}_${medium}`;
const withoutZeros = (numbers: Map<string, bigint>) =>
  Object.fromEntries([...numbers].filter(([, number]) => number !== 0n).map(([name, one]) => [name, formatExact(one)]));
