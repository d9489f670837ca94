import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long, mostly by waiting: begun last, each would be what the run waits for. */
const LONGEST = [
  'chaos/short',
  'workflows/lifecycle-races',
  'workflows/failing-endpoints',
  'workflows/killed-worker',
  'web/accessibility',
  'web/states',
  'web/costs',
  'chdb-server/process',
  'api/events',
  'api/shutdown',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const isLongest = (name: string) => (file: TestSpecification) => file.moduleId.endsWith(`/${name}.test.ts`);
    const longest = LONGEST.flatMap((name) => others.filter(isLongest(name)));
    return [...new Set([...longest, ...others])];
  }
}
