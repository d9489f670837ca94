import type { Day } from '../arithmetic/day.ts';
import { type Exact, parseExact } from '../arithmetic/exact.ts';

/** One line of the bill: what a request of this product uses of it, and what a unit costs. */
export interface CatalogItem {
  lineItem: string;
  unit: string | null;
  perRequest: number;
  /** Decimals of the quantity: 0 for tokens, 2 for gibibyte-hours. */
  decimals: number;
  /** Dollars per unit, the newest last. */
  prices: Array<{ from: Day; price: Exact }>;
}
type Price = string | Record<Day, string>;
/** [tokens per request, dollars per million tokens] */
type Tokens = [perRequest: number, perMillion: Price];

const ALWAYS = '0000-00-00';

function priceList(price: Price, divisor: bigint): CatalogItem['prices'] {
  const dated = typeof price === 'string' ? { [ALWAYS]: price } : price;
  return Object.entries(dated).map(([from, text]) => ({ from, price: parseExact(text) / divisor }));
}

const tokens = (lineItem: string, [perRequest, price]: Tokens): CatalogItem => ({
  lineItem,
  unit: 'tokens',
  perRequest,
  decimals: 0,
  prices: priceList(price, 1_000_000n),
});

/** A model's token items, named `model, input`, `model text, cached input` and so on. */
const model = (name: string, items: Record<string, Tokens>): CatalogItem[] =>
  Object.entries(items).map(([kind, item]) =>
    tokens(/^(text|image|audio),/.test(kind) ? `${name} ${kind}` : `${name}, ${kind}`, item),
  );

const metered = (
  lineItem: string,
  unit: string | null,
  perRequest: number,
  price: Price,
  decimals = 0,
): CatalogItem[] => [{ lineItem, unit, perRequest, decimals, prices: priceList(price, 1n) }];

/** What can be bought, under our own names. Prices are made up, and near the real ones. */
export const catalog = {
  gpt4o: model('gpt-4o-2024-08-06', { input: [1900, '2.50'], 'cached input': [800, '1.25'], output: [420, '10.00'] }),
  gpt4oMini: model('gpt-4o-mini-2024-07-18', {
    input: [1500, '0.15'],
    'cached input': [600, '0.075'],
    output: [300, '0.60'],
  }),
  gpt51: model('gpt-5.1-2025-11-13', {
    input: [1200, '1.25'],
    'cached input': [2100, '0.125'],
    output: [480, '10.00'],
  }),
  gpt54: model('gpt-5.4-2026-03-05', {
    input: [1600, '1.75'],
    'cached input': [1500, '0.175'],
    output: [560, '14.00'],
  }),
  gpt54Long: model('gpt-5.4-2026-03-05', {
    'input, long context': [290_000, '3.50'],
    'cached input, long context': [80_000, '0.35'],
    'output, long context': [2400, '21.00'],
  }),
  // The price cut.
  luna: model('gpt-5.6-luna', {
    input: [1200, { [ALWAYS]: '0.80', '2026-09-15': '0.40' }],
    'cached input': [2100, { [ALWAYS]: '0.08', '2026-09-15': '0.04' }],
    'cache writes': [350, { [ALWAYS]: '1.00', '2026-09-15': '0.50' }],
    output: [480, { [ALWAYS]: '6.40', '2026-09-15': '3.20' }],
  }),
  solPriority: model('priority | gpt-5.6-sol', {
    input: [2200, '5.00'],
    'cached input': [1800, '0.50'],
    output: [700, '40.00'],
  }),
  // Negotiated rates: eighteen decimals of a dollar per token.
  o3: model('o3-2025-04-16', {
    input: [2600, '1.857142857143'],
    'cached input': [400, '0.464285714286'],
    output: [3100, '7.428571428571'],
  }),
  o1Pro: model('o1-pro', { input: [3000, '150.00'], output: [2600, '600.00'] }),
  o4MiniFlex: model('flex | o4-mini-2025-04-16', {
    input: [2400, '0.55'],
    'cached input': [300, '0.1375'],
    output: [2200, '2.20'],
  }),
  fineTuned: model('ft-gpt-4o-2024-08-06', { input: [900, '3.75'], output: [260, '15.00'] }),
  chatLatest: model('chat-latest', { input: [1100, '1.75'], 'cached input': [300, '0.175'], output: [500, '14.00'] }),
  freeMini: model('gpt-4o-mini-2024-07-18', { input: [1500, '0'], output: [300, '0'] }),
  embeddings: [tokens('text-embedding-3-small', [900, '0.02'])],
  embeddingsLarge: [tokens('text-embedding-3-large, input', [1300, '0.13'])],
  whisper: metered('whisper', 'duration_minutes', 3, '0.006', 2),
  whisperAudio: metered('whisper-1, audio', 'duration_seconds', 140, '0.0001'),
  tts: metered('tts-1', 'characters', 620, '0.000015'),
  audioMini: model('gpt-audio-mini-2025-12-15', {
    'text, input': [300, '0.60'],
    'text, output': [120, '2.40'],
    'audio, input': [1400, '10.00'],
    'audio, output': [900, '20.00'],
  }),
  realtime: model('gpt-realtime-2.1', {
    'text, input': [700, '4.00'],
    'text, cached input': [2600, '0.40'],
    'audio, input': [1100, '32.00'],
    'audio, cached input': [3300, '0.40'],
    'audio, output': [800, '64.00'],
  }),
  dallE: metered('dall-e-3', 'images', 1, '0.04'),
  image1: model('gpt-image-1', {
    'text, input': [160, '5.00'],
    'text, cached input': [60, '1.25'],
    'image, input': [380, '10.00'],
    'image, output': [1500, '40.00'],
  }),
  image2: model('gpt-image-2-2026-04-21', {
    'text, input': [180, '5.00'],
    'image, input': [420, '8.00'],
    'image, output': [1300, '30.00'],
  }),
  webSearch: metered('web search tool calls', null, 1, '0.01'),
  fileSearch: metered('assistants api | file search', null, 1, '0.0025'),
  codeInterpreter: metered('assistants api | code interpreter', 'sessions', 1, '0.03'),
  vectorStorage: metered('vector storage', 'gibibyte_hours', 1, '0.0041666666666667', 2),
  // The spellings of autumn 2026: `_` for a space, new tiers, retention, regions, minutes.
  astraFast: model('fast | gpt-6-astra', {
    input_tokens: [1400, '5.00'],
    cached_input_tokens: [1900, '0.50'],
    output_tokens: [520, '40.00'],
  }),
  astraUltrafast: model('ultrafast | gpt-6-astra', { input_tokens: [900, '15.00'], output_tokens: [300, '120.00'] }),
  astraScale: model('scale | gpt-6-astra', { input_tokens: [1600, '2.50'], output_tokens: [480, '20.00'] }),
  astraKept: model('gpt-6-astra', {
    input_tokens: [800, '2.50'],
    '12h cache writes': [2400, '5.00'],
    '30m cache writes': [1100, '3.125'],
    output_tokens: [450, '20.00'],
  }),
  astraRegional: model('gpt-6-astra', {
    'input_tokens, regional processing': [1500, '2.75'],
    'output_tokens, regional processing': [420, '22.00'],
  }),
  containers: metered('containers, 4 GB', 'duration_minutes', 5, '0.0006', 2),
  voiceSessions: metered('gpt-live-1, voice session minutes', 'duration_minutes', 4, '0.05', 2),
  oddFee: metered('Robotics pilot (EU) – true-up #7', '1000_widgets', 3, '1.333333'),
  credit: metered('service credit', null, 1, '-41.27'),
} satisfies Record<string, CatalogItem[]>;

export type Product = keyof typeof catalog;

/** The price of a unit on a day. */
export function priceOn(item: CatalogItem, day: Day): Exact {
  const entry = item.prices.findLast(({ from }) => from <= day);
  if (!entry) throw new RangeError(`${item.lineItem} has no price on ${day}.`);
  return entry.price;
}
