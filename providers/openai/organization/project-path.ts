import { ProviderError } from '../../http/error.ts';

/** The path of one of a project's lists. Throws ProviderError `bad_request` where the text is not a project's id. */
export function projectPath(projectId: string, list: string): string {
  // The id comes from a response and goes into a path, which it must not change.
  if (/^[\w-]+$/.test(projectId)) return `/organization/projects/${projectId}/${list}`;
  const endpoint = `/organization/projects/{project_id}/${list}`;
  throw new ProviderError('bad_request', { endpoint, detail: 'it is not the id of a project' });
}
