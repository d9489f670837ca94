import { cancellationSignal } from '@temporalio/activity';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import { type Name, writeNames } from '../clickhouse/names.ts';
import { connectedIntegration, type Dependencies, degrade, openKey } from './dependencies.ts';

/** Reads the names of projects, API keys and users. Where the key lacks a scope, their ids stand for them. */
export async function syncNames(dependencies: Dependencies, key: IntegrationKey): Promise<{ names: number }> {
  const { warehouse, openai } = dependencies;
  const { tenant_id, credential_id } = await connectedIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  const options = { signal: cancellationSignal() };
  const version = Date.now();

  const projects = (await degrade('names of projects', () => openai.projects(adminKey, options))) ?? [];
  const apiKeys = await degrade('names of API keys', async () => {
    const names: Name[] = [];
    for (const { id: project_id } of projects) {
      const keys = await openai.apiKeys(adminKey, project_id, options);
      names.push(...keys.map(({ id, name }): Name => ({ kind: 'api_key', id, name, project_id })));
    }
    return names;
  });
  const users = (await degrade('names of users', () => openai.users(adminKey, options))) ?? [];

  const names: Name[] = [
    ...projects.map(({ id, name, status }): Name => ({ kind: 'project', id, name, status })),
    ...(apiKeys ?? []),
    ...users.map(({ id, name, email }): Name => ({ kind: 'user', id, name, email })),
  ];
  await connectedIntegration(dependencies, key);
  await writeNames(warehouse, { ...key, version }, names);
  return { names: names.length };
}
