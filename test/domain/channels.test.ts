import { expect, test } from 'vitest';
import type { Causes, Contributor } from '#domain/causes/causes.ts';
import { causesInWords } from '#domain/causes/in-words.ts';
import { concerns, isSentTo } from '#domain/channels/channel.ts';
import { DELIVERY_RETRIES, waitAfter } from '#domain/channels/delivery-retries.ts';
import { emailText } from '#domain/channels/email-text.ts';
import { alertMessage, type Message, testMessage } from '#domain/channels/message.ts';
import { refusesMessage } from '#domain/channels/refuses-message.ts';
import { slackBody } from '#domain/channels/slack-body.ts';

const contributor = (of: Partial<Contributor>): Contributor => ({
  ...{ project_id: '', project_name: '', api_key_id: '', api_key_name: '', model: '', line_item: '' },
  ...{ amount: '3', before: null, change: null },
  ...of,
});
const ALERT = { kind: 'anomaly', integration_id: 'i', filters: {}, causes: null } as const;
const BUDGET = { kind: 'budget', integration_id: null, filters: {}, causes: null } as const;

test.each([
  // kinds, budgets of the channel; alert; whether it gets it
  [[], [], 'budget', 'b', true],
  [[], [], 'anomaly', '', true],
  [['budget'], [], 'budget', 'b', true],
  [['budget'], [], 'anomaly', '', false],
  [[], ['b'], 'budget', 'b', true],
  [[], ['b'], 'budget', 'c', false],
  [[], ['b'], 'anomaly', '', true], // budgets say nothing of other kinds
  [['anomaly'], ['b'], 'budget', 'b', false],
  [['none'], [], 'budget', 'b', false], // digests alone
  [['none'], ['b'], 'budget', 'b', false],
] as const)('a channel of %o and %o gets an alert of %s %s: %s', (alert_kinds, budget_ids, kind, budget_id, gets) => {
  const about = { integration_id: null, filters: {}, causes: null };
  const budget = budget_id ? { id: budget_id } : null;
  expect(isSentTo({ alert_kinds, budget_ids, filters: {} }, { kind, budget, ...about })).toBe(gets);
});

const ROSE = { contributors: [contributor({ project_id: 'shop', api_key_id: 'k' })] };
test.each<[string, Record<string, string[]>, Parameters<typeof concerns>[0], boolean]>([
  // the costs that a channel selects; the alert; whether it gets it
  ['its project', { project_id: ['shop'] }, { ...ALERT, filters: { project_id: ['shop'] } }, true],
  ['one of its projects', { project_id: ['shop', 'lab'] }, { ...ALERT, filters: { project_id: ['lab', 'web'] } }, true],
  ['another project', { project_id: ['lab'] }, { ...ALERT, filters: { project_id: ['shop'] }, causes: ROSE }, false],
  ['a key of its project', { project_id: ['shop'] }, { ...ALERT, filters: { api_key_id: ['k'] }, causes: ROSE }, true],
  ['a key of another', { project_id: ['lab'] }, { ...ALERT, filters: { api_key_id: ['k'] }, causes: ROSE }, false],
  ['all costs, most of its project', { project_id: ['shop'] }, { ...ALERT, causes: ROSE }, true],
  ['a budget of all costs', { project_id: ['shop'] }, { ...ALERT, kind: 'budget', causes: ROSE }, false],
  ['its organization', { integration_id: ['i'] }, ALERT, true],
  ['another organization', { integration_id: ['j'] }, ALERT, false],
  ['a budget of its organization', { integration_id: ['i'] }, { ...BUDGET, filters: { integration_id: ['i'] } }, true],
  ['a budget of all organizations', { integration_id: ['i'] }, BUDGET, false],
  ['its organization, no project', { integration_id: ['i'], project_id: ['shop'] }, ALERT, false],
  ['both', { integration_id: ['i'], project_id: ['shop'] }, { ...ALERT, filters: { project_id: ['shop'] } }, true],
  [
    'a budget of its project',
    { integration_id: ['i'], project_id: ['shop', 'lab'] },
    { ...BUDGET, filters: { project_id: ['shop'] } },
    true,
  ],
  [
    'a budget of its project in another organization',
    { integration_id: ['i'], project_id: ['shop'] },
    { ...BUDGET, filters: { integration_id: ['j'], project_id: ['shop'] } },
    false,
  ],
  ['a budget of all costs', { integration_id: ['i'], project_id: ['shop'] }, BUDGET, false],
  [
    'a budget of a key of the organization',
    { integration_id: ['i'] },
    { ...BUDGET, filters: { api_key_id: ['k'] } },
    false,
  ],
  ['a stopped sync', { project_id: ['shop'] }, { ...ALERT, kind: 'sync_stopped' }, false],
  [
    'a limit of its project',
    { project_id: ['shop'] },
    { ...ALERT, kind: 'limit', filters: { project_id: ['shop'] } },
    true,
  ],
])('of an alert about %s, a channel of %o gets it or not', (_, filters, alert, gets) => {
  expect(concerns(alert, filters)).toBe(gets);
});

test.each([0, 1_000, 30_000])('attempts last for a day, whatever a receiver asks for: %i ms', (asked) => {
  const waits = Array.from({ length: DELIVERY_RETRIES.maximumAttempts - 1 }, (_, index) => waitAfter(index + 1, asked));
  expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(23.5 * 3_600_000);
});

test('a receiver that is down for six hours gets an alert within the hour after', () => {
  const DOWN = 6 * 3_600_000;
  const times = Array.from({ length: DELIVERY_RETRIES.maximumAttempts - 1 }, (_, index) => waitAfter(index + 1, 0)).map(
    (_, index, waits) => waits.slice(0, index + 1).reduce((sum, wait) => sum + wait),
  );
  expect(times.find((at) => at >= DOWN)).toBeLessThanOrEqual(DOWN + 3_600_000);
});

test('a receiver that asks for more time than usual gets it', () => {
  expect([waitAfter(1, 30_000), waitAfter(12, 30_000), waitAfter(20, 30_000)]).toEqual([30_000, 2_048_000, 3_600_000]);
});

const MESSAGE: Message = {
  type: 'alert.raised',
  at: '2026-11-29T10:00:00Z',
  title: 'R&D <prod>: 80 % of the budget is spent',
  text: ['USD 80.00 of USD 100.00 are spent.', 'A "second" paragraph.'],
  links: [
    { text: 'See the alert', url: 'https://pump.test/alerts?alert=1' },
    { text: 'See the costs', url: 'https://pump.test/?a=1&b=2' },
  ],
  data: {},
};

test('a message of Slack has its title, its paragraphs and a button for each link, with nothing that Slack would read as markup', () => {
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const marked = '*Research* of _Ann_: ~gone~ :smile: <!channel> & co.';
  expect(slackBody({ ...MESSAGE, text: [...MESSAGE.text, marked] })).toEqual({
    text: 'R&amp;D &lt;prod&gt;: 80 % of the budget is spent',
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plain(MESSAGE.title) },
      { type: 'section', text: plain('USD 80.00 of USD 100.00 are spent.') },
      { type: 'section', text: plain('A "second" paragraph.') },
      { type: 'section', text: plain(marked) },
      {
        type: 'actions',
        elements: [
          { type: 'button', url: 'https://pump.test/alerts?alert=1', text: plain('See the alert') },
          { type: 'button', url: 'https://pump.test/?a=1&b=2', text: plain('See the costs') },
        ],
      },
    ],
  });
  const long = slackBody({ ...MESSAGE, title: 'a'.repeat(200), links: [] }) as {
    blocks: { text: { text: string } }[];
  };
  expect([long.blocks.length, long.blocks[0]?.text.text.length]).toEqual([3, 150]);
});

test('what Slack would refuse as too long is left out or cut, and no character in two', () => {
  const body = slackBody({
    ...MESSAGE,
    title: `${'a'.repeat(148)}😀😀`,
    text: ['&'.repeat(4_000)],
    links: [{ text: 'See the costs', url: `https://pump.test/?a=${'1'.repeat(3_000)}` }],
  }) as { blocks: { type: string; text: { text: string } }[] };
  expect(body.blocks.map(({ type }) => type)).toEqual(['header', 'section']);
  expect(body.blocks[0]?.text.text).toBe(`${'a'.repeat(148)}…`);
  expect(body.blocks[1]?.text.text).toBe(`${'&'.repeat(2999)}…`);
});

const CAUSES: Causes = {
  compared_with: 'usual',
  reasons: [
    { reason: 'new_api_key', change: '900' },
    { reason: 'quantity', change: '50.5' },
  ],
  contributors: [
    contributor({
      line_item: 'gpt-5, output',
      api_key_id: 'k',
      project_name: '<Shop>',
      project_id: 'p',
      change: '900',
    }),
  ],
};
const TOLD = {
  ...{
    id: 'anomaly-1',
    title: 'Title',
    text: 'Text',
    raised_at: '2026-11-29T10:00:00Z',
    integration_id: 'openai-1',
    currency: 'usd',
  },
  ...{ from: '2026-11-01', to: '2026-12-01', filters: {}, causes: CAUSES },
};

test('what explains an alert is a table of Slack, of plain text and of HTML, and data of a webhook', () => {
  const message = alertMessage(TOLD, undefined);
  expect(message.data).toMatchObject({ causes: CAUSES });
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const { blocks } = slackBody(message) as { blocks: object[] };
  expect(blocks.slice(2)).toEqual([
    {
      ...{ type: 'section', text: plain('Why it rose') },
      fields: ['An API key is new', 'USD 900.00', 'More was used', 'USD 50.50'].map(plain),
    },
    {
      ...{ type: 'section', text: plain('What rose most') },
      fields: ['gpt-5, output by the key k in <Shop>', 'USD 900.00'].map(plain),
    },
  ]);
  const { text, html } = emailText(message);
  expect(text).toContain('What rose most:\n• gpt-5, output by the key k in <Shop>: USD 900.00\n');
  expect(html).toContain('<td>gpt-5, output by the key k in &lt;Shop&gt;</td><td align="right">USD 900.00</td>');
});

test('what a table says is not said in the text beside it; a webhook has the whole text', () => {
  const text = `That is more than usual. ${causesInWords(CAUSES, 'usd')} Where nobody has stopped it, look.`;
  const message = alertMessage({ ...TOLD, text }, undefined);
  expect(message.text).toEqual([
    'That is more than usual. It rose mostly because an API key is new: USD 900.00. Where nobody has stopped it, look.',
  ]);
  expect(message.data).toMatchObject({ text });
  const most = { ...CAUSES, compared_with: null, reasons: [] };
  expect(alertMessage({ ...TOLD, text: causesInWords(most, 'usd'), causes: most }, undefined).text).toEqual([]);
});

test('a contributor without a name is called so: Slack would refuse an empty cell', () => {
  const causes = {
    ...CAUSES,
    contributors: [contributor({}), contributor({ line_item: ' ', project_name: 'Shop', project_id: 'p' })],
  };
  const { blocks } = slackBody(alertMessage({ ...TOLD, causes }, undefined)) as { blocks: { fields?: object[] }[] };
  expect(blocks[3]?.fields).toMatchObject(
    ['Costs without a name', 'USD 3.00', 'Costs without a name in Shop', 'USD 3.00'].map((text) => ({ text })),
  );
});

test('where nothing is known that costs rose from, an alert has a table of what most is for', () => {
  const causes = { ...CAUSES, compared_with: null, reasons: [], contributors: [contributor({ line_item: 'images' })] };
  expect(alertMessage({ ...TOLD, causes }, undefined).tables).toEqual([
    { title: 'What most is for', rows: [['images', 'USD 3.00']] },
  ]);
  expect(alertMessage({ ...TOLD, causes: null }, undefined).tables).toEqual([]);
});

test('an e-mail is one line of subject, plain text, and HTML with everything escaped', () => {
  const { subject, text, html } = emailText({ ...MESSAGE, title: 'Two\r\nBcc: a@b.test' });
  expect(subject).toBe('Two Bcc: a@b.test');
  expect(text).toContain(
    'A "second" paragraph.\n\nSee the alert: https://pump.test/alerts?alert=1\n\nSee the costs: https://pump.test/?a=1&b=2\n',
  );
  expect(html).toContain(
    '<p>A &quot;second&quot; paragraph.</p><p><a href="https://pump.test/alerts?alert=1">See the alert</a> · <a href="https://pump.test/?a=1&amp;b=2">See the costs</a></p>',
  );
  expect(emailText({ ...MESSAGE, links: [] }).html).toContain('paragraph.</p></body>');
  expect(emailText(MESSAGE).html).toContain('<h2>R&amp;D &lt;prod&gt;');
});

test('an alert links to itself and to its costs on the page; without an address of the page to nothing', () => {
  const alert = { ...TOLD, filters: { model: ['a', 'b'] }, causes: null };
  const alert_url = 'https://pump.test/x/alerts?alert=anomaly-1';
  const url = 'https://pump.test/x?range=2026-11&model=a&model=b&integration_id=openai-1';
  const see = { text: 'See the alert', url: alert_url };
  expect(alertMessage(alert, 'https://pump.test/x')).toMatchObject({
    links: [see, { text: 'See the costs', url }],
    data: { ...alert, url, alert_url },
  });
  expect(alertMessage(alert, undefined)).toMatchObject({ links: [], data: { url: null, alert_url: null } });
  // The page would pass such a filter over, and show other costs.
  const ofLine = { ...alert, filters: { line_item: ['x'] } };
  expect(alertMessage(ofLine, 'https://pump.test/x/')).toMatchObject({ links: [see], data: { url: alert_url } });
  const inEuros = { ...alert, filters: {}, integration_id: null, currency: 'eur', to: '2026-11-02' };
  expect(alertMessage(inEuros, 'https://pump.test').links[1]?.url).toBe(
    'https://pump.test/?range=2026-11-01..2026-11-01&currency=eur',
  );
  expect(testMessage('Ops', new Date(0), undefined)).toMatchObject({
    at: '1970-01-01T00:00:00.000Z',
    title: 'Test of Ops',
    links: [],
  });
});

test.each([
  ['webhook', { outcome: 'refused', status: 422 }, true],
  ['slack', { outcome: 'refused', status: 400, isFinal: true }, true],
  ['slack', { outcome: 'refused', status: 404, isFinal: true }, false], // the webhook was deleted
  ['webhook', { outcome: 'refused', status: 429 }, false],
  ['webhook', { outcome: 'refused', status: 503 }, false],
  ['webhook', { outcome: 'unreachable', status: 0 }, false],
  ['email', { outcome: 'refused', status: 550, isFinal: true }, true],
  ['email', { outcome: 'refused', status: 451, isFinal: false }, false],
  ['email', { outcome: 'refused', status: 535 }, false], // our own login
] as const)('of a %s, %o is about this message alone: %s', (kind, sent, expected) => {
  expect(refusesMessage(kind, sent)).toBe(expected);
});
