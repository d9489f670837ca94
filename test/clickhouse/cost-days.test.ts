import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { daysToSync } from '#clickhouse/coverage/due-days.ts';
import { writeDays } from '#clickhouse/writes/write-days.ts';
import { type CostDay, costItem, costDay as day } from '../fixtures/cost-fixtures.ts';
import { costRow, writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const target = { tenant_id: 't', integration_id: 'i' };
const item = (line_item: string, amount: string) => costItem({ line_item, amount });
const write = (version: number, ...days: CostDay[]) => writeCostDays(database.warehouse, { ...target, version }, days);
const costsOf = (date: string) =>
  database.warehouse.query({
    name: 'costs of a day',
    sql: 'SELECT line_item, amount FROM costs WHERE day = {date: Date} ORDER BY line_item',
    params: { date },
    row: z.object({ line_item: z.string(), amount: z.string() }),
  });

test('writing a day again changes nothing', async () => {
  const january = day('2026-01-01', [item('a', '1.5'), item('b', '2')]);
  await write(1, january);
  await write(1, january);
  await write(2, january);
  expect(await costsOf('2026-01-01')).toEqual([
    { line_item: 'a', amount: '1.5' },
    { line_item: 'b', amount: '2' },
  ]);
});

test('a later read replaces the whole day: changed, vanished and new rows', async () => {
  await write(1, day('2026-01-02', [item('changes', '1'), item('vanishes', '2')]));
  await write(2, day('2026-01-02', [item('appears', '3'), item('changes', '4')]));
  expect(await costsOf('2026-01-02')).toEqual([
    { line_item: 'appears', amount: '3' },
    { line_item: 'changes', amount: '4' },
  ]);
});

test('a read that began earlier but is written later changes nothing', async () => {
  await write(20, day('2026-01-03', [item('new', '1')]));
  await write(10, day('2026-01-03', [item('old', '9')]));
  expect(await costsOf('2026-01-03')).toEqual([{ line_item: 'new', amount: '1' }]);
});

test('a read that began earlier changes nothing even if the later one found nothing new', async () => {
  await write(10, day('2026-01-06', [item('a', '1')]));
  await write(30, day('2026-01-06', [item('a', '1')]));
  await write(20, day('2026-01-06', [item('a', '9')]));
  expect(await costsOf('2026-01-06')).toEqual([{ line_item: 'a', amount: '1' }]);
});

test('a day that was stored before its end is settled by the next read, changed or not; then it is not written again', async () => {
  const settled = () =>
    database.warehouse.query({
      name: 'settled',
      sql: `SELECT settled, toUnixTimestamp64Milli(synced_at) AS version FROM reconciliation WHERE day = '2026-04-20'`,
      row: z.object({ settled: z.boolean(), version: z.coerce.number() }),
    });
  const noon = Date.parse('2026-04-20T12:00Z');
  const next = Date.parse('2026-04-21T04:00Z');
  const later = Date.parse('2026-04-22T04:00Z');
  const same = day('2026-04-20', [item('a', '5')], '6');
  expect(await write(noon, same)).toBe(1);
  expect(await settled()).toEqual([{ settled: false, version: noon }]);
  expect(await write(next, same)).toBe(0);
  expect(await settled()).toEqual([{ settled: true, version: next }]);
  await write(later, same);
  expect(await settled()).toEqual([{ settled: true, version: next }]);
});

test('an empty day is covered, a day never read is not', async () => {
  const read = Date.parse('2026-03-01T00:00:00Z');
  await write(read, day('2026-02-02', []));
  expect(await costsOf('2026-02-02')).toEqual([]);
  const days = await daysToSync(database.warehouse, target, {
    datasets: ['costs'],
    from: '2026-02-01',
    to: '2026-02-04',
    rereadDays: 0,
  });
  expect(days.get('costs')).toEqual(['2026-02-03', '2026-02-01']);
});

test('days are read again until they were read long enough after they ended', async () => {
  const noon = Date.parse('2026-04-10T12:00:00Z');
  await write(noon, day('2026-04-10', []), day('2026-04-09', []), day('2026-04-05', []), day('2026-04-02', []));
  const range = { from: '2026-04-02', to: '2026-04-11' };
  const due = async (rereadDays: number) =>
    (await daysToSync(database.warehouse, target, { datasets: ['costs'], ...range, rereadDays })).get('costs');
  const never = ['2026-04-08', '2026-04-07', '2026-04-06', '2026-04-04', '2026-04-03'];
  // The 10th had not ended at noon: even a sync that rereads nothing reads it again.
  expect(await due(0)).toEqual(['2026-04-10', ...never]);
  expect(await due(7)).toEqual([
    '2026-04-10',
    '2026-04-09',
    '2026-04-08',
    '2026-04-07',
    '2026-04-06',
    '2026-04-05',
    '2026-04-04',
    '2026-04-03',
  ]);
});

test('amounts keep every digit of Decimal(38, 18), and more digits verbatim', async () => {
  const long = '0.123456789012345678500000000000000000001';
  await write(1, day('2026-01-05', [item('a', '12345678901234567890.123456789012345678'), item('b', `-${long}`)]));
  const rows = await database.warehouse.query({
    name: 'amounts',
    sql: `SELECT amount, amount_verbatim FROM costs WHERE day = '2026-01-05' ORDER BY line_item`,
    row: z.object({ amount: z.string(), amount_verbatim: z.string() }),
  });
  expect(rows).toEqual([
    { amount: '12345678901234567890.123456789012345678', amount_verbatim: '12345678901234567890.123456789012345678' },
    { amount: '-0.123456789012345679', amount_verbatim: `-${long}` },
  ]);
});

test('a query sees the old days or the new ones, never some of each', async () => {
  const dates = Array.from({ length: 28 }, (_, index) => `2026-05-${String(index + 1).padStart(2, '0')}`);
  const rewrite = (version: number) =>
    write(
      version,
      ...dates.map((date) =>
        day(
          date,
          Array.from({ length: 40 }, (_, i) => item(`${i}`, `${version}`)),
        ),
      ),
    );
  await rewrite(1);
  const sums = new Set<string>();
  let writing = false;
  const read = async () => {
    do {
      const [row] = await database.warehouse.query({
        name: 'sum',
        sql: `SELECT sum(amount) AS total FROM costs WHERE day >= '2026-05-01' AND day < '2026-06-01'`,
        row: z.object({ total: z.string() }),
      });
      sums.add(row?.total ?? '');
    } while (writing);
  };
  for (let version = 2; version <= 15; version++) {
    writing = true;
    const readers = [read(), read(), read()]; // each sees a sum at least
    await rewrite(version).finally(() => {
      writing = false;
    });
    await Promise.all(readers);
  }
  for (const sum of sums) expect(Number(sum) % (28 * 40)).toBe(0);
  expect(sums.size).toBeGreaterThan(1);
});

test('reconciliation compares each day with OpenAI’s own total', async () => {
  await write(1, day('2026-06-01', [item('a', '1'), item('b', '2')], '3'), day('2026-06-02', [item('a', '1')], '1.5'));
  const rows = await database.warehouse.query({
    name: 'reconciliation',
    sql: `SELECT day, ours, theirs, difference FROM reconciliation WHERE day >= '2026-06-01' ORDER BY day`,
    row: z.object({ day: z.string(), ours: z.string(), theirs: z.string(), difference: z.string() }),
  });
  expect(rows).toEqual([
    { day: '2026-06-01', ours: '3', theirs: '3', difference: '0' },
    { day: '2026-06-02', ours: '1', theirs: '1.5', difference: '-0.5' },
  ]);
});

test('a column that the table does not have is refused, not skipped', async () => {
  const row = { tenant_id: 't', integration_id: 'i', day: '2026-07-01', version: 1, surprise: 1 };
  await expect(database.warehouse.insert('cost_days', [row])).rejects.toMatchObject({ code: '117' });
});

test('a read that tells less of the same costs leaves the finer day; one of other costs replaces it', async () => {
  const keys = { api_key_id: 'key_1', user_id: 'user_1' };
  const fine = (date: string) => day(date, [costItem({ line_item: 'a', amount: '10', ...keys })], '10');
  const coarse = (date: string, amount: string) => ({
    ...day(date, [item('a', amount)], amount),
    dropped_dimensions: ['user_id', 'api_key_id'],
  });
  const version = Date.parse('2026-06-10');
  await write(version, fine('2026-06-01'), fine('2026-06-02'));
  expect(await write(version + 1, coarse('2026-06-01', '10'), coarse('2026-06-02', '11'))).toBe(1);
  const rows = await database.warehouse.query({
    name: 'keys',
    sql: `SELECT day, api_key_id, amount FROM costs WHERE day >= '2026-06-01' AND day < '2026-06-03' ORDER BY day`,
    row: z.unknown(),
  });
  expect(rows).toEqual([
    { day: '2026-06-01', api_key_id: 'key_1', amount: '10' },
    { day: '2026-06-02', api_key_id: '', amount: '11' },
  ]);
  const coverage = await database.warehouse.query({
    name: 'coverage',
    sql: `SELECT day, dropped_dimensions AS dropped, toUnixTimestamp64Milli(synced_at) = ${version + 1} AS is_read
          FROM coverage WHERE day >= '2026-06-01' AND day < '2026-06-03' ORDER BY day`,
    row: z.unknown(),
  });
  expect(coverage).toEqual([
    { day: '2026-06-01', dropped: [], is_read: 1 },
    { day: '2026-06-02', dropped: ['user_id', 'api_key_id'], is_read: 1 },
  ]);
});

test('a day that was read before there were API sources keeps its users, but is no finer for lack of a source', async () => {
  const ofUser = costItem({ line_item: 'a', amount: '10', user_id: 'user_1' });
  const ofSource = costItem({ line_item: 'a', amount: '10', api_source: 'unlabeled' });
  const version = Date.parse('2026-06-10');
  await write(version, day('2026-06-03', [ofUser], '10'), day('2026-06-04', [ofUser], '10'));
  await write(
    version + 1,
    { ...day('2026-06-03', [ofSource], '10'), dropped_dimensions: ['user_id'] },
    { ...day('2026-06-04', [{ ...ofUser, user_id: 'user_2' }], '10'), dropped_dimensions: ['api_source'] },
  );
  const rows = await database.warehouse.query({
    name: 'users',
    sql: `SELECT day, user_id, api_source FROM costs WHERE day >= '2026-06-03' AND day < '2026-06-05' ORDER BY day`,
    row: z.unknown(),
  });
  expect(rows).toEqual([
    { day: '2026-06-03', user_id: 'user_1', api_source: '' },
    { day: '2026-06-04', user_id: 'user_2', api_source: '' },
  ]);
});

const dueDays = async (from: string, to: string) => {
  const range = { datasets: ['costs'] as const, from, to, rereadDays: 0 };
  return (await daysToSync(database.warehouse, target, range)).get('costs');
};

test('a revision that was not written with its day is written by the next read, changed or not', async () => {
  const same = day('2026-06-05', [item('a', '1')], '1');
  await write(Date.parse('2026-06-10'), same);
  const revisions = () =>
    database.warehouse.query({
      name: 'revisions',
      sql: `SELECT toFloat64(version) AS version FROM cost_day_revisions FINAL WHERE day = '2026-06-05'`,
      row: z.object({ version: z.number() }),
    });
  await database.warehouse.command(
    'lose the revision',
    `ALTER TABLE cost_day_revisions DELETE WHERE day = '2026-06-05'`,
  );
  expect(await revisions()).toEqual([]);
  await write(Date.parse('2026-06-11'), same);
  expect(await revisions()).toEqual([{ version: Date.parse('2026-06-11') }]);
});

test('a write that lands after a later read found the day unchanged makes the day due again', async () => {
  const at = Date.parse('2026-06-12');
  await write(at, day('2026-06-06', [item('a', '10')], '10'));
  // The earlier read has compared, and inserts only after the later one has found nothing new.
  const { warehouse } = database;
  const later = () => write(at + 2, day('2026-06-06', [item('a', '10')], '10'));
  const slow: typeof warehouse = {
    ...warehouse,
    async insertBlock(table, block) {
      expect(await later()).toBe(0);
      return warehouse.insertBlock(table, block);
    },
  };
  await writeCostDays(slow, { ...target, version: at + 1 }, [day('2026-06-06', [item('a', '7')], '7')]);
  expect(await costsOf('2026-06-06')).toEqual([{ line_item: 'a', amount: '7' }]);
  expect(await dueDays('2026-06-06', '2026-06-07')).toEqual(['2026-06-06']);
  await write(at + 3, day('2026-06-06', [item('a', '10')], '10'));
  expect(await costsOf('2026-06-06')).toEqual([{ line_item: 'a', amount: '10' }]);
  expect(await dueDays('2026-06-06', '2026-06-07')).toEqual([]);
});

test('a day that a wrong clock dated into the future is due, and written by the next read', async () => {
  await write(Date.parse('2090-01-01'), day('2026-06-07', [item('a', '10')], '10'));
  expect(await dueDays('2026-06-07', '2026-06-08')).toEqual(['2026-06-07']);
  expect(await write(Date.now(), day('2026-06-07', [item('a', '99')], '99'))).toBe(1);
  expect(await costsOf('2026-06-07')).toEqual([{ line_item: 'a', amount: '99' }]);
});

test('an empty day of an earlier version, which the provider leaves out now, is settled', async () => {
  const stored = { ...target, day: '2026-06-20', version: 1, content_hash: 'as it was made before' };
  await database.warehouse.insert('cost_days', [stored]);
  const row = { ...costRow(Date.parse('2026-06-22'), day('2026-06-20', [])), isUnreported: true };
  const { leftOut, changed } = await writeDays(database.warehouse, target, [row]);
  expect([leftOut, changed.length]).toEqual([[], 1]);
  expect(await dueDays('2026-06-20', '2026-06-21')).toEqual([]);
});
