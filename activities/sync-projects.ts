import { cancellationSignal, log } from '@temporalio/activity';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import { writeProjects } from '../clickhouse/projects.ts';
import { OpenAiError } from '../openai/error.ts';
import { currentIntegration, type Dependencies, openKey } from './dependencies.ts';

/** Reads the projects' names. A key without that scope does without: cost rows carry names too. */
export async function syncProjects(dependencies: Dependencies, key: IntegrationKey): Promise<{ projects: number }> {
  const { tenant_id, credential_id } = await currentIntegration(dependencies, key);
  const adminKey = await openKey(dependencies, { tenant_id, credential_id });
  const version = Date.now();
  try {
    const projects = await dependencies.openai.projects(adminKey, { signal: cancellationSignal() });
    await writeProjects(
      dependencies.warehouse,
      { ...key, version },
      projects.map(({ id, name, status }) => ({ project_id: id, project_name: name, status })),
    );
    return { projects: projects.length };
  } catch (error) {
    if (!(error instanceof OpenAiError && error.kind === 'scope_missing')) throw error;
    log.info('the key may not list projects; names come from cost rows');
    return { projects: 0 };
  }
}
