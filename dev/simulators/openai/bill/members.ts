import { apiKeyIdOf, type Organization, type User, userOf } from '../organization/organization.ts';
import { shardsOf, workloadsOf } from './facts.ts';

export interface Member extends User {
  /** What the knobs call it, however many it is one of. */
  login: string;
  name: string;
  kind: 'user' | 'service_account';
}
export interface ApiKey {
  id: string;
  name: string;
  projectId: string;
  owner: Member;
}

/** The members that use the organization's API and their API keys, each once. */
export function membersOf(organization: Organization, factsPerDay: number): { members: Member[]; apiKeys: ApiKey[] } {
  const members = new Map<string, Member>();
  const apiKeys = new Map<string, ApiKey>();
  for (const workload of workloadsOf(factsPerDay)) {
    const project = workload.project && organization.projects.get(workload.project);
    if (!project || !workload.user) continue;
    for (let shard = 0; shard < shardsOf(workload, factsPerDay); shard++) {
      const owner = memberOf(organization, workload.user, shard);
      members.set(owner.id, owner);
      if (!workload.apiKey) continue;
      const id = apiKeyIdOf(organization, workload.apiKey, shard);
      const name = shard === 0 ? workload.apiKey : `${workload.apiKey}-${shard}`;
      if (!apiKeys.has(id)) apiKeys.set(id, { id, name, projectId: project.id, owner });
    }
  }
  return { members: [...members.values()], apiKeys: [...apiKeys.values()] };
}

/** Logins that begin with "svc-" are machines'. */
export function memberOf(organization: Organization, login: string, shard: number): Member {
  const name = `${login[0]?.toUpperCase()}${login.slice(1)}${shard === 0 ? '' : ` ${shard}`}`;
  const user = userOf(organization, login, shard);
  return login.startsWith('svc-')
    ? { ...user, login, name: user.email.replace(/@.*/, ''), kind: 'service_account' }
    : { ...user, login, name, kind: 'user' };
}
