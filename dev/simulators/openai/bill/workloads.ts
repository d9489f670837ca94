import type { Day } from '../arithmetic/day.ts';
import type { busyProjects } from '../organization/organization.ts';
import type { Product } from './catalog.ts';

type ProjectName = keyof typeof busyProjects;

/** One use of one product by one project: by which key and user, how much, and when. */
export interface Workload {
  /** null: billed to the organization, not to a project. */
  project: ProjectName | null;
  product: Product;
  /** null: storage and credits have no key; the playground has none either. */
  apiKey: string | null;
  user: string | null;
  /** Requests (or units) on an ordinary working day. */
  requests: number;
  /** The share of that on a Saturday: 0.6 for customers' traffic, less for people at work. */
  weekend: number;
  /** The chance that it runs at all on a day. */
  often?: number;
  /** Follows the launch. */
  launched?: boolean;
  /** Traffic moves in, or away, evenly between two days. */
  arrives?: [from: Day, to: Day];
  leaves?: [from: Day, to: Day];
}

type Rest = Omit<Workload, 'project' | 'product' | 'apiKey' | 'user' | 'requests' | 'weekend'>;

const use = (
  project: ProjectName | null,
  product: Product,
  apiKey: string | null,
  user: string | null,
  requests: number,
  weekend: number,
  rest: Rest = {},
): Workload => ({ project, product, apiKey, user, requests, weekend, ...rest });

const REPLACED: [Day, Day] = ['2026-03-16', '2026-04-27'];
const LUNA: [Day, Day] = ['2026-06-15', '2026-07-13'];
const IMAGES_REPLACED: [Day, Day] = ['2026-05-04', '2026-05-25'];

/** The keys whose requests come from the Agents API. */
const AGENTS = new Set(['support-triage', 'copilot-ios', 'copilot-batch', 'support-decisions']);

/** OpenAI's word for where a key's requests come from. */
export const apiSourceOf = (apiKey: string | null): 'agents_api' | 'unlabeled' =>
  apiKey !== null && AGENTS.has(apiKey) ? 'agents_api' : 'unlabeled';

const AUTUMN: [Day, Day] = ['2026-10-05', '2026-10-26'];

/** What OpenAI sells since autumn 2026, to an organization that does all of `workloads`. */
export const newWorkloads: Workload[] = [
  use('copilot', 'astraFast', 'copilot-production', 'svc-copilot', 420, 0.35, { arrives: AUTUMN }),
  use('copilot', 'astraUltrafast', 'copilot-priority', 'svc-copilot', 40, 0.3, { arrives: AUTUMN }),
  use('search', 'astraScale', 'search-answers', 'svc-search', 260, 0.5, { arrives: AUTUMN }),
  use('support', 'astraKept', 'support-triage', 'svc-support', 380, 0.55, { arrives: AUTUMN }),
  use('support', 'astraRegional', 'support-eu', 'svc-support-eu', 240, 0.5, { arrives: AUTUMN }),
  use('copilot', 'containers', 'copilot-batch', 'ines', 900, 0.2, { arrives: AUTUMN }),
  use('voice', 'voiceSessions', 'voice-production', 'svc-voice', 130, 0.3, { arrives: AUTUMN }),
];

/** The most important first: a small organization has only the beginning of the list. */
export const workloads: Workload[] = [
  use('support', 'gpt4o', 'support-production', 'svc-support', 6200, 0.55, { leaves: REPLACED }),
  use('support', 'gpt54', 'support-production', 'svc-support', 6200, 0.55, { arrives: REPLACED, launched: true }),
  use('copilot', 'gpt51', 'copilot-production', 'svc-copilot', 9000, 0.35, { leaves: LUNA, launched: true }),
  use('copilot', 'luna', 'copilot-production', 'svc-copilot', 17_000, 0.35, { arrives: LUNA }),
  use('search', 'embeddings', 'search-indexer', 'svc-search', 160_000, 0.8),
  use('voice', 'realtime', 'voice-production', 'svc-voice', 260, 0.3, { launched: true }),
  use('studio', 'image1', 'studio-web', 'mina', 330, 0.1, { leaves: IMAGES_REPLACED }),
  use('studio', 'image2', 'studio-web', 'mina', 330, 0.1, { arrives: IMAGES_REPLACED }),
  use('research', 'freeMini', null, 'tomas', 900, 0.3, { often: 0.9 }),
  use('search', 'vectorStorage', null, null, 3100, 1),
  use('copilot', 'solPriority', 'copilot-priority', 'svc-copilot', 620, 0.3, { arrives: ['2026-07-01', '2026-09-01'] }),
  use('support', 'gpt4oMini', 'support-triage', 'svc-support', 21_000, 0.6),
  use('copilot', 'webSearch', 'copilot-production', 'svc-copilot', 1500, 0.35, { launched: true }),
  use('support', 'fileSearch', 'support-production', 'svc-support', 2400, 0.5),
  use('research', 'o3', 'evals', 'tomas', 620, 0.1),
  use('research', 'o1Pro', 'evals', 'tomas', 7, 0.05, { often: 0.55 }),
  use('research', 'o4MiniFlex', 'evals-nightly', 'svc-evals', 2300, 0.7),
  use('copilot', 'gpt54Long', 'copilot-batch', 'ines', 14, 0, { often: 0.7, arrives: ['2026-03-05', '2026-04-01'] }),
  use('support', 'fineTuned', 'support-router', 'svc-support', 2300, 0.55),
  use('voice', 'whisper', 'voice-production', 'svc-voice', 480, 0.3),
  use('voice', 'tts', 'voice-production', 'svc-voice', 700, 0.3),
  use('voice', 'audioMini', 'voice-lab', 'kwame', 190, 0, { often: 0.8, arrives: ['2025-12-15', '2026-01-12'] }),
  use('copilot', 'codeInterpreter', 'copilot-production', 'ines', 120, 0.2),
  use('search', 'embeddingsLarge', 'search-reranker', 'svc-search', 9000, 0.7),
  use('search', 'gpt4oMini', 'search-answers', 'svc-search', 7000, 0.5),
  use('studio', 'dallE', 'studio-web', 'mina', 70, 0, { often: 0.6, leaves: ['2026-02-01', '2026-05-12'] }),
  use('copilot', 'chatLatest', null, 'ines', 140, 0, { often: 0.85 }),
  use('research', 'gpt54', 'notebooks', 'tomas', 420, 0.15, { arrives: ['2026-03-05', '2026-03-12'] }),
  use('research', 'gpt4o', 'notebooks', 'lena', 260, 0.1, { often: 0.8 }),
  use('research', 'luna', 'notebooks', 'lena', 800, 0.1, { often: 0.8, arrives: LUNA }),
  use('voice', 'whisperAudio', 'voice-lab', 'kwame', 160, 0, { often: 0.6 }),
  use('hackathon', 'gpt4o', 'team-blue', 'kwame', 300, 1.6, { leaves: ['2026-01-20', '2026-02-01'] }),
  use('hackathon', 'gpt4oMini', 'team-red', 'lena', 2600, 1.6, { leaves: ['2026-01-20', '2026-02-01'] }),
  use('search', 'gpt54', 'search-answers', 'svc-search', 500, 0.5, { arrives: ['2026-04-01', '2026-06-01'] }),
  use('support', 'luna', 'support-triage', 'ines', 1500, 0.5, { arrives: LUNA }),
  use('support', 'chatLatest', null, 'mina', 60, 0, { often: 0.7 }),
  use('copilot', 'gpt54', 'copilot-staging', 'ines', 330, 0, { often: 0.9, arrives: ['2026-03-05', '2026-03-20'] }),
  use('support', 'gpt4o', 'support-eu', 'svc-support-eu', 1100, 0.5, { leaves: ['2026-04-06', '2026-05-18'] }),
  use('support', 'gpt54', 'support-eu', 'svc-support-eu', 1100, 0.5, { arrives: ['2026-04-06', '2026-05-18'] }),
  use('support', 'gpt4oMini', 'support-eu', 'svc-support-eu', 3800, 0.5),
  use('copilot', 'luna', 'copilot-staging', 'ines', 700, 0, { arrives: LUNA }),
  use('copilot', 'gpt4oMini', 'copilot-production', 'svc-copilot', 5200, 0.35),
  use('copilot', 'gpt51', 'copilot-ios', 'svc-copilot', 1100, 0.7, { leaves: LUNA, launched: true }),
  use('copilot', 'luna', 'copilot-ios', 'svc-copilot', 1900, 0.7, { arrives: LUNA }),
  use('search', 'webSearch', 'search-answers', 'svc-search', 90, 0.5),
  use('voice', 'gpt51', 'voice-production', 'svc-voice', 500, 0.3),
  use('studio', 'gpt4o', 'studio-web', 'mina', 120, 0.1, { often: 0.9 }),
  use('research', 'oddFee', null, 'lena', 1, 0, { often: 0.2 }),
  use(null, 'credit', null, null, 1, 0, { often: 0.05 }),
];
