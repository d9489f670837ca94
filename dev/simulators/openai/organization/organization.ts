import { lettersFrom } from '../arithmetic/random.ts';

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
  /** By our short names. */
  projects: ReadonlyMap<string, Project>;
}

type ProjectPlans = Record<string, { name: string; created: string; archived?: string }>;

/** The projects of an organization that spends; the workloads refer to them by our short names. */
export const busyProjects = {
  support: { name: 'Customer Support', created: '2024-02-12' },
  copilot: { name: 'Fleet Copilot', created: '2024-06-03' },
  search: { name: 'Docs Search', created: '2024-03-20' },
  voice: { name: 'Voice Agents', created: '2025-05-06' },
  studio: { name: 'Marketing Studio 🎨', created: '2024-09-17' },
  research: { name: 'Research & Evals', created: '2024-01-09' },
  hackathon: { name: 'Hackathon "Winter 2025"', created: '2025-08-30', archived: '2026-02-02' },
} satisfies ProjectPlans;

export const idleProjects: ProjectPlans = { default: { name: 'Default project', created: '2025-03-01' } };

/** The organization that follows from a seed and a name: ids differ with either. */
export function createOrganization(seed: string, name: string, plans: ProjectPlans): Organization {
  const id = (prefix: string, what: string) => prefix + lettersFrom(`${seed}/${name}/${what}`, 24);
  const projects = Object.entries(plans).map(([short, { name, created, archived }]): [string, Project] => [
    short,
    { id: id('proj_', short), name, createdAt: created, archivedAt: archived ?? null },
  ]);
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return { id: id('org-', 'organization'), name, slug, projects: new Map(projects) };
}

/** A member of the organization, or one of many alike when the organization is a large one. */
export function userOf(organization: Organization, name: string, shard: number): User {
  const login = shard === 0 ? name : `${name}.${shard}`;
  return {
    id: `user-${lettersFrom(`${organization.id}/user/${login}`, 24)}`,
    email: `${login}@${organization.slug}.example`,
  };
}

/** The id of an API key of a project. */
export function apiKeyIdOf(organization: Organization, name: string, shard: number): string {
  return `key_${lettersFrom(`${organization.id}/key/${name}/${shard}`, 16)}`;
}
