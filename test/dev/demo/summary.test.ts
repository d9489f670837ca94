import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { bar } from '#dev/cli/bar.ts';
import { createProgress } from '#dev/cli/progress.ts';
import type { Integration } from '#dev/demo/api-client.ts';
import { readOptions } from '#dev/demo/options.ts';
import { summaryRecord } from '#dev/demo/summarize.ts';
import { formatMoney, renderSummary, type Summary } from '#dev/demo/summary.ts';
import { watchBackfill } from '#dev/demo/watch-backfill.ts';

const plain = { bold: (text: string) => text, dim: (text: string) => text, bar: (text: string) => text };

const integration: Integration = {
  id: 'int_1',
  organization: { id: 'org-1', name: 'Acme Robotics' },
  status: 'connected',
  problem: null,
  progress: { days_done: 365, days_total: 365 },
  coverage: { from: '2025-06-01', to: '2026-06-01', days: 365, facts: 36512, missing_days: 0 },
  reconciliation: {
    ...{ ours: '1500.123456789012345678', theirs: '1500.123456789012345678', difference: '0', agrees: true },
    ...{ differing_days: 0, first_differing_day: null, by_currency: [] },
  },
};
const summary: Summary = {
  integration,
  seconds: 12.34,
  months: {
    data: [
      { period: '2026-04-01', amount: '500.1' },
      { period: '2026-05-01', amount: '1000.023456789012345678' },
    ],
    total: '1500.123456789012345678',
  },
  projects: {
    data: [
      { project_id: 'proj_a', project_name: 'A project whose name is longer than its column', amount: '1499' },
      { project_id: 'proj_b', project_name: '', amount: '1.123456789012345678' },
    ],
    total: '1500.123456789012345678',
  },
  models: { data: [{ model: '', amount: '1500.123456789012345678' }], total: '1500.123456789012345678' },
  tokenTypes: { data: [{ token_type: 'input', amount: '0' }], total: '0' },
};

describe('money', () => {
  it.each([
    ['0', '$0.00'],
    ['0.004999999999999999999999', '$0.00'],
    ['0.005', '$0.01'],
    ['1234.565', '$1,234.57'],
    ['999.995', '$1,000.00'],
    ['-0.001', '$0.00'],
    ['-1234567.899', '-$1,234,567.90'],
    ['90071992547409930.015', '$90,071,992,547,409,930.02'],
  ])('%s is shown as %s', (amount, shown) => expect(formatMoney(amount)).toBe(shown));

  it('is never guessed', () => {
    for (const amount of ['', '1e3', 'NaN', '1,5']) expect(() => formatMoney(amount)).toThrow(TypeError);
  });
});

describe('a bar', () => {
  it.each([
    [0, ''],
    [1e-9, '▏'],
    [0.5, '█████'],
    [0.55, '█████▌'],
    [1, '██████████'],
    [1.5, '██████████'],
    [-1, ''],
  ])('of %s', (share, drawn) => expect(bar(share, 10)).toBe(drawn));
});

describe('the summary', () => {
  it('is readable, in at most 80 columns', () => {
    const text = renderSummary(summary, plain);
    for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    expect(text).toMatchInlineSnapshot(`
      "Acme Robotics
      365 days (2025-06-01 to 2026-05-31) · 36,512 facts · 12.3 s

      Spend by month
        2026-04                  █████████████████                           $500.10
        2026-05                  ██████████████████████████████████        $1,000.02

      Top projects
        A project whose name is… ██████████████████████████████████        $1,499.00
        proj_b                   ▏                                             $1.12

      Top models
        (no model)               ██████████████████████████████████        $1,500.12

      Cost by token category
        input                                                                  $0.00

      Does it add up?
        The facts here                  $1,500.12  1500.123456789012345678
        The provider’s own total        $1,500.12  1500.123456789012345678
        They agree, on every day."
    `);
  });

  it('says when the two totals differ and when days are missing', () => {
    const differing = { differing_days: 2, first_differing_day: '2026-03-01', agrees: false };
    const reconciliation = { ...integration.reconciliation, ...differing };
    const coverage = { ...integration.coverage, missing_days: 31 };
    const text = renderSummary({ ...summary, integration: { ...integration, reconciliation, coverage } }, plain);
    expect(text).toContain('They differ on 2 days, the first is 2026-03-01');
    expect(text).toContain('31 days are missing.');
  });

  it('is one object for a machine, money as text to the last digit', () => {
    expect(summaryRecord(summary)).toEqual({
      organization: 'Acme Robotics',
      integration_id: 'int_1',
      days: 365,
      facts: 36512,
      total: '1500.123456789012345678',
      provider_total: '1500.123456789012345678',
      seconds: 12.3,
    });
  });
});

describe('the progress of a backfill', () => {
  const quiet = { show: () => {}, end: () => {} };
  const signal = new AbortController().signal;
  const at = (days_done: number, more: Partial<Integration> = {}): Integration => ({
    ...integration,
    status: 'backfilling',
    progress: { days_done, days_total: 365 },
    ...more,
  });
  const answering = (answers: Integration[]) => ({ integration: async () => answers.shift() ?? integration });

  function written(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
    const stream = Object.assign(new PassThrough(), { isTTY });
    return { stream: stream as unknown as NodeJS.WriteStream, text: () => String(stream.read() ?? '') };
  }

  it('is one line that is drawn again on a terminal', async () => {
    const { stream, text } = written(true);
    await watchBackfill(answering([at(0), at(100)]), 'int_1', createProgress(stream, plain), signal);
    expect(text().split('\r\x1b[2K').slice(1)).toEqual([
      `  ${'·'.repeat(40)}   0 %  0 of 365 days`,
      `  ${'█'.repeat(11)}${'·'.repeat(29)}  27 %  100 of 365 days`,
      `  ${'█'.repeat(40)} 100 %  365 of 365 days\n`,
    ]);
  });

  it('is a line for every 10 % elsewhere', () => {
    const { stream, text } = written(false);
    const progress = createProgress(stream, plain);
    for (let day = 0; day <= 365; day += 1) progress.show(day, 365);
    expect(text().trim().split('\n')).toHaveLength(11);
  });

  it('ends with the reason when the key is no longer accepted', async () => {
    const problem = { code: 'key_rejected', title: 'OpenAI rejects this key', detail: 'Create a new one.' };
    const answers = answering([at(3), at(3, { status: 'action_required', problem })]);
    await expect(watchBackfill(answers, 'int_1', quiet, signal)).rejects.toThrow(
      'the integration is action_required: OpenAI rejects this key. Create a new one.',
    );
  });
});

describe('the demo’s options', () => {
  it('are --once, --json and --help', () => {
    expect(readOptions(['--once', '--json'])).toEqual({ once: true, json: true, help: false });
    expect(readOptions([])).toEqual({ once: false, json: false, help: false });
  });

  it('are refused where they are unknown or make no sense', () => {
    expect(() => readOptions(['--fast'])).toThrow(/Unknown option '--fast'/);
    expect(() => readOptions(['--json'])).toThrow(/--json needs --once/);
  });
});
