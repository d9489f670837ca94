import { cancellationSignal, log } from '@temporalio/activity';
import { z } from 'zod';
import { projectsWithUnnamedKeys } from '#clickhouse/names/projects-with-unnamed-keys.ts';
import { createNameWriter, type Name } from '#clickhouse/writes/names.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { NamesToRead } from '#domain/sync.ts';
import type { ApiKey } from '#providers/openai/organization/api-keys.ts';
import type { Project } from '#providers/openai/organization/projects.ts';
import type { User } from '#providers/openai/organization/users.ts';
import { connectedIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { notedPosition, notePosition } from '../context/heartbeat-position.ts';
import { mapConcurrently } from '../context/map-concurrently.ts';
import { keepRegion, startReading } from '../context/start-reading.ts';
import { startNameLists } from './name-lists.ts';
import { syncLimits } from './sync-limits.ts';

/** How many projects' lists of API keys are read at once. */
const CONCURRENCY = 8;
/** Projects whose keys are written together: one insert for a small organization. */
const BATCH = 100;

/** `after`: the id of the last project, in order of ids, whose names are written. */
const position = z.object({ after: z.string() }).catch({ after: '' });

/**
 * Reads the names of projects, users and API keys, and writes them batch by batch. A retry continues with the first
 * batch that is not written. Then reads the limits that OpenAI has for the same projects. Lists that OpenAI does not return are passed over; they fail nothing.
 * @param unnamed_since facts since this UTC day are searched for keys without a name, and only the keys of their projects
 * are listed; null lists the keys of every project
 */
export async function syncNames(
  dependencies: Dependencies,
  { unnamed_since, ...key }: IntegrationKey & NamesToRead,
): Promise<{ names: number; lists_passed_over: number }> {
  const { openai } = dependencies;
  const reading = await startReading(dependencies, key);
  const { adminKey, clock, region } = reading;
  const signal = cancellationSignal();
  const { list, read, passedOver } = startNameLists(signal);
  const writer = createNameWriter(dependencies.warehouse, { ...key, version: clock() });
  const { after } = position.parse(notedPosition());
  let written = 0;

  const listedProjects = await read('projects', () => openai.projects(adminKey, { signal, region }));
  const projects = listedProjects.value ?? [];
  const users = after === '' ? await list('users', () => openai.users(adminKey, { signal, region })) : [];
  const named = new Set(users.flatMap(({ id, name }) => (name === '' ? [] : [id])));
  /** Service accounts and former members bill, too, and only their keys name them. */
  const isOfUnlistedOwner = ({ owner_type, owner_id, owner_name }: ApiKey) =>
    owner_id !== '' && owner_name !== '' && !named.has(owner_id) && (after === '' || owner_type !== 'user');
  /** A project may be of another region than its organization. */
  const ofProject = () => ({ signal, region: { ...region } });
  let found: Name[] = [];
  if (after === '') {
    found.push(...projects.map(toProjectName));
    found.push(...users.map(toUserName));
  }
  const listed = unnamed_since
    ? await projectsWithUnnamedKeys(dependencies.warehouse, key, unnamed_since)
    : projects.map(({ id }) => id);
  const left = listed.filter((id) => id > after).sort();
  for (let at = 0; at < left.length || found.length > 0; at += BATCH) {
    const batch = left.slice(at, at + BATCH);
    try {
      await mapConcurrently(batch, CONCURRENCY, async (project_id) => {
        const keys = await list(`API keys of ${project_id}`, () => openai.apiKeys(adminKey, project_id, ofProject()));
        found.push(...keys.map(({ id, name }): Name => ({ kind: 'api_key', id, name, project_id })));
        found.push(...keys.filter(isOfUnlistedOwner).map(toOwnerName));
      });
    } finally {
      if (!signal.aborted) await write();
    }
    const last = batch.at(-1);
    if (last) notePosition({ after: last });
  }
  await syncLimits(dependencies, key, { reading, projects: listedProjects, signal });
  await keepRegion(dependencies, reading);
  if (passedOver.length > 0) {
    log.info('lists of names passed over', { lists: passedOver.length, such_as: passedOver.slice(0, 5) });
  }
  return { names: written, lists_passed_over: passedOver.length };

  async function write() {
    const names = found;
    found = [];
    await connectedIntegration(dependencies, key);
    await writer.write(names);
    written += names.length;
  }
}

const toProjectName = ({ id, name, status, residency }: Project): Name => ({
  kind: 'project',
  id,
  name,
  status,
  residency,
});

const toOwnerName = ({ owner_id, owner_name, owner_email, owner_type }: ApiKey): Name => ({
  kind: 'user',
  id: owner_id,
  name: owner_name,
  email: owner_email,
  status: owner_type === 'service_account' ? 'service_account' : '',
});

const toUserName = ({ id, name, email, is_service_account }: User): Name => ({
  kind: 'user',
  id,
  name,
  email,
  status: is_service_account ? 'service_account' : '',
});
