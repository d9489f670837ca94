import { lettersFrom } from './random.ts';

export interface Project {
  id: string;
  name: string;
  createdAt: string;
  archivedAt: string | null;
}
export interface User {
  id: string;
  email: string;
}
export interface Organization {
  id: string;
  name: string;
  /** What the `openai-organization` header carries. */
  slug: string;
  projects: Record<ProjectName, Project>;
}

/** Our short names for the projects; the workloads refer to them. */
export type ProjectName = 'support' | 'copilot' | 'search' | 'voice' | 'studio' | 'research' | 'hackathon';

const projects: Record<ProjectName, { name: string; created: string; archived?: string }> = {
  support: { name: 'Customer Support', created: '2024-02-12' },
  copilot: { name: 'Fleet Copilot', created: '2024-06-03' },
  search: { name: 'Docs Search', created: '2024-03-20' },
  voice: { name: 'Voice Agents', created: '2025-05-06' },
  studio: { name: 'Marketing Studio 🎨', created: '2024-09-17' },
  research: { name: 'Research & Evals', created: '2024-01-09' },
  hackathon: { name: 'Hackathon "Winter 2025"', created: '2025-08-30', archived: '2026-02-02' },
};

/** The organization that follows from a seed and a name: ids differ with either. */
export function createOrganization(seed: string, name: string): Organization {
  const id = (prefix: string, what: string) => prefix + lettersFrom(`${seed}/${name}/${what}`, 24);
  return {
    id: id('org-', 'organization'),
    name,
    slug: name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
    projects: Object.fromEntries(
      Object.entries(projects).map(([short, project]) => [
        short,
        {
          id: id('proj_', short),
          name: project.name,
          createdAt: project.created,
          archivedAt: project.archived ?? null,
        },
      ]),
    ) as Record<ProjectName, Project>,
  };
}

/** A member of the organization, or one of many alike when the organization is a large one. */
export function userOf(organization: Organization, name: string, shard: number): User {
  const login = shard === 0 ? name : `${name}.${shard}`;
  return {
    id: `user-${lettersFrom(`${organization.id}/user/${login}`, 24)}`,
    email: `${login}@${organization.slug || 'example'}.example`,
  };
}

/** The id of an API key of a project. */
export function apiKeyIdOf(organization: Organization, name: string, shard: number): string {
  return `key_${lettersFrom(`${organization.id}/key/${name}/${shard}`, 16)}`;
}
