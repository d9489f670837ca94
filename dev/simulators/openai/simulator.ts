import { DAY_SECONDS, type Day, dayOf, startOf } from './arithmetic/day.ts';
import { lettersFrom } from './arithmetic/random.ts';
import { createLedger } from './bill/ledger.ts';
import { membersOf } from './bill/members.ts';
import { restateRecent } from './bill/restate-recent.ts';
import { CONTROL, type Controls, respondToControl } from './control.ts';
import { type ApiDeps, respondAsOpenAI } from './endpoints/router.ts';
import { createFaults } from './http/faults.ts';
import { listen } from './http/http-server.ts';
import { createKeyRing } from './http/keys.ts';
import { defaultKnobs, type Knobs } from './http/knobs.ts';
import { busyProjects, createOrganization, idleProjects } from './organization/organization.ts';
import { createTruth } from './truth.ts';
import { createUsageLedger } from './usage/usage-ledger.ts';

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  seed?: string;
  /** The organization's name. */
  organization?: string;
  adminKey?: string;
  /** The UTC day that counts as today; the real one by default. A day's data are the same either way. */
  today?: Day;
  factsPerDay?: number;
  longDecimals?: boolean;
  knobs?: Partial<Knobs>;
}

export interface Simulator extends Controls {
  /** What OPENAI_BASE_URL should be. */
  url: string;
  organization: { id: string; name: string };
  /** The organization of `keys.idle`. */
  idleOrganization: { id: string; name: string };
  close(): Promise<void>;
}

/** Starts OpenAI's organization API for one invented organization on a loopback port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seed = options.seed ?? 'acme';
  const organization = createOrganization(seed, options.organization ?? 'Acme Robotics', busyProjects);
  const idleOrganization = createOrganization(seed, 'Idle Labs', idleProjects);
  const today = () => options.today ?? dayOf(Date.now() / 1000);
  // On a fixed day every time of day counts as past, so tests do not depend on the hour.
  const latest = () => (options.today ? startOf(options.today) + DAY_SECONDS - 1 : Math.ceil(Date.now() / 1000) + 60);
  const { factsPerDay = 100, longDecimals = false } = options;
  const spend = { seed, organization, factsPerDay, longDecimals };
  const ledger = createLedger(spend, today);
  const settings: Knobs = { ...defaultKnobs, ...options.knobs };
  const usage = createUsageLedger(spend, ledger, () => settings.newMetric);
  const faults = createFaults(seed, settings);
  const knobs = Object.assign(settings, { failNext: faults.failNext });
  const keyRing = createKeyRing(seed, organization, idleOrganization, options.adminKey);
  const secret = lettersFrom(`${seed}/page tokens`, 32);
  const deps: ApiDeps = {
    ledger,
    usage,
    knobs,
    latest,
    secret,
    keyRing,
    faults,
    ...membersOf(organization, factsPerDay),
  };

  const server = await listen(options.port ?? 0, {
    latencyMs: () => knobs.latencyMs,
    openai: (request, url) => respondAsOpenAI(request, url, deps),
    controlPath: CONTROL,
    control: (request, url) => respondToControl(request, url, simulator),
  });
  const simulator: Simulator = {
    url: `http://127.0.0.1:${server.port}/v1`,
    keys: keyRing.keys,
    organization: { id: organization.id, name: organization.name },
    idleOrganization: { id: idleOrganization.id, name: idleOrganization.name },
    truth: createTruth(ledger, usage),
    today,
    restate: (day, change) => ('endpoint' in change ? usage.restate(day, change) : ledger.restate(day, change)),
    restateRecent: () => restateRecent(ledger),
    revoke: keyRing.revoke,
    knobs,
    requests: server.requests,
    hold: server.hold,
    close: server.close,
  };
  return simulator;
}
