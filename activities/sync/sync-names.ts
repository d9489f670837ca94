import { cancellationSignal, log } from '@temporalio/activity';
import { type Name, writeNames } from '#clickhouse/writes/names.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { ProviderError } from '#providers/http/error.ts';
import { connectedIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { openKey } from '../context/open-key.ts';

/**
 * Reads the names of projects, users and API keys, and writes each kind as soon as it is read. A list that OpenAI
 * refuses (a scope that the key lacks, one project's keys) does not affect the others: its ids keep their last known
 * names.
 */
export async function syncNames(dependencies: Dependencies, key: IntegrationKey): Promise<{ names: number }> {
  const { warehouse, openai } = dependencies;
  const { tenant_id, credential_id } = await connectedIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  const options = { signal: cancellationSignal() };
  const version = Date.now();
  const listing = startListing();
  let written = 0;
  const write = async (names: Name[]) => {
    await connectedIntegration(dependencies, key);
    await writeNames(warehouse, { ...key, version }, names);
    written += names.length;
  };

  const projects = await listing.list('projects', () => openai.projects(adminKey, options));
  await write(projects.map(({ id, name, status }): Name => ({ kind: 'project', id, name, status })));
  const users = await listing.list('users', () => openai.users(adminKey, options));
  await write(users.map(({ id, name, email }): Name => ({ kind: 'user', id, name, email })));
  const apiKeys: Name[] = [];
  for (const { id: project_id } of projects) {
    const keys = await listing.list(`API keys of ${project_id}`, () => openai.apiKeys(adminKey, project_id, options));
    apiKeys.push(...keys.map(({ id, name }): Name => ({ kind: 'api_key', id, name, project_id })));
  }
  await write(apiKeys);
  listing.end();
  return { names: written };
}

/** Reads lists of names; a list that fails does not stop the next. */
function startListing() {
  const refused: string[] = [];
  let failed: ProviderError | undefined;
  return {
    async list<T>(what: string, read: () => Promise<T[]>): Promise<T[]> {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof ProviderError) || failsAll(error)) throw error;
        if (isRefusal(error)) refused.push(what);
        else failed ??= error;
        return [];
      }
    },
    /** Logs what was refused, and throws the first failure that a retry may correct. */
    end() {
      if (refused.length > 0) {
        log.info('OpenAI refused lists of names', { lists: refused.length, such_as: refused.slice(0, 5) });
      }
      if (failed) throw failed;
    },
  };
}

const failsAll = ({ kind }: ProviderError) => kind === 'key_rejected' || kind === 'rate_limited';

/** A list that is not found may be there tomorrow: the next daily sync reads it, so this one need not retry. */
const isRefusal = ({ kind, status }: ProviderError) =>
  kind === 'scope_missing' || kind === 'bad_request' || status === 404;
