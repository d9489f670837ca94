import { recordKeyExpiry } from '#clickhouse/integrations/integrations.ts';
import { projectsWithCosts } from '#clickhouse/names/projects-with-costs.ts';
import { writeLimitDay } from '#clickhouse/writes/limit-days.ts';
import { addDays, dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { SpendLimit } from '#domain/spend-limit.ts';
import type { Project } from '#providers/openai/organization/projects.ts';
import { connectedIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { mapConcurrently } from '../context/map-concurrently.ts';
import type { Reading } from '../context/start-reading.ts';
import { type Found, type NameLists, startNameLists } from './name-lists.ts';

/** How many projects' limits are read at once. */
const CONCURRENCY = 8;
/** Where OpenAI refuses to list projects, those with recent costs are tried: so many days back. */
const RECENT_DAYS = 31;

type Read<Projects> = { reading: Reading; projects: Projects; signal: AbortSignal };
type LimitsRead = { is_readable: boolean; limits: SpendLimit[] };

/**
 * Reads the spend limits of the organization and its projects, and when the key expires. A key that may not read the
 * organization's limits is not tried on those of projects. Where a list cannot be read for now, the day keeps what it had.
 */
export async function syncLimits(
  dependencies: Dependencies,
  key: IntegrationKey,
  read: Read<Found<readonly Project[]>>,
): Promise<void> {
  const { warehouse } = dependencies;
  const { integration, clock, region } = read.reading;
  const version = clock();
  const lists = startNameLists(read.signal);
  // Before the limits: after many refusals in a row, nothing more is read.
  const expiry = await lists.read('the key’s expiry', () =>
    dependencies.openai.keyExpiry(read.reading.adminKey, { signal: read.signal, region }),
  );
  const projects = await projectsToRead(read.projects, () =>
    projectsWithCosts(warehouse, key, addDays(dayAt(version), -RECENT_DAYS)),
  );
  const found = projects && (await readLimits(dependencies, lists, { ...read, projects }));
  const expires_at = expiry.value ? `${new Date(expiry.value * 1000).toISOString().slice(0, 19)}Z` : null;
  const isNewExpiry = expiry.value !== undefined && expires_at !== integration.key_expires_at;
  if (!found && !isNewExpiry) return;
  await connectedIntegration(dependencies, key);
  if (found) await writeLimitDay(warehouse, { ...key, version }, { day: dayAt(version), ...found });
  if (isNewExpiry) {
    await recordKeyExpiry(warehouse, { ...key, credential_id: integration.credential_id, expires_at });
  }
}

/** @returns undefined where the list of projects failed and was not refused */
async function projectsToRead(
  { value, isRefused }: Found<readonly Project[]>,
  withCosts: () => Promise<readonly string[]>,
): Promise<readonly string[] | undefined> {
  if (value) return value.flatMap(({ id, status }) => (status === 'archived' ? [] : [id]));
  return isRefused ? withCosts() : undefined;
}

/** @returns undefined where a list failed and was not refused; not readable where one was refused */
async function readLimits(
  { openai }: Pick<Dependencies, 'openai'>,
  lists: NameLists,
  { reading: { adminKey, region }, projects, signal }: Read<readonly string[]>,
): Promise<LimitsRead | undefined> {
  const limitsOf = (id: string) =>
    lists.read(`limits of ${id || 'the organization'}`, () =>
      // A project may be of another region than its organization.
      openai.spendLimits(adminKey, id, { signal, region: id === '' ? region : { ...region } }),
    );
  const organization = await limitsOf('');
  if (!organization.value) return organization.isRefused ? { is_readable: false, limits: [] } : undefined;
  const limits = [...organization.value];
  let hasFailed = false;
  let is_readable = true;
  await mapConcurrently(projects, CONCURRENCY, async (id) => {
    const { value, isRefused } = await limitsOf(id);
    if (value) limits.push(...value);
    else if (isRefused) is_readable = false;
    else hasFailed = true;
  });
  return hasFailed ? undefined : { is_readable, limits };
}
