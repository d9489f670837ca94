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

type Projects = { ids: readonly string[]; areAll: boolean };

/** @returns undefined where the list of projects failed and was not refused */
async function projectsToRead(
  { value, isRefused }: Found<readonly Project[]>,
  withCosts: () => Promise<readonly string[]>,
): Promise<Projects | undefined> {
  if (value) return { ids: value.flatMap(({ id, status }) => (status === 'archived' ? [] : [id])), areAll: true };
  return isRefused ? { ids: await withCosts(), areAll: false } : undefined;
}

/** @returns undefined where a list failed and was not refused; not readable where one was refused, or that of projects */
async function readLimits(
  { openai }: Pick<Dependencies, 'openai'>,
  lists: NameLists,
  { reading: { adminKey, region }, projects, signal }: Read<Projects>,
): Promise<LimitsRead | undefined> {
  const limitsOf = (id: string) =>
    lists.read(`limits of ${id || 'the organization'}`, () =>
      // A project may be of another region than its organization.
      openai.spendLimits(adminKey, id, { signal, region: id === '' ? region : { ...region } }),
    );
  const organization = await limitsOf('');
  if (!organization.value) return organization.isRefused ? { is_readable: false, limits: [] } : undefined;
  const limits = [...organization.value.limits];
  let hasFailed = false;
  let is_readable = projects.areAll && organization.value.isComplete;
  await mapConcurrently(projects.ids, CONCURRENCY, async (id) => {
    const { value, isRefused } = await limitsOf(id);
    if (value) limits.push(...value.limits);
    else if (!isRefused) hasFailed = true;
    is_readable &&= value?.isComplete ?? false;
  });
  return hasFailed ? undefined : { is_readable, limits };
}
