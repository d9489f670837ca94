import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Rendering, sourcesHash, valuesFile } from './renderings.ts';

const KUBERNETES = '1.34';

/** What helm makes of the chart, below the hash of its sources. */
export function render(name: Rendering): string {
  const values = valuesFile(name);
  const options = ['--kube-version', `${KUBERNETES}.0`, '--namespace', 'costs'];
  const all = ['template', 'pump', 'deploy/helm', ...options, ...(values ? ['--values', values] : [])];
  return `# By npm run generate:chart, of ${sourcesHash(name)}.\n${execFileSync('helm', all, { encoding: 'utf8' })}`;
}

/** Checks objects against Kubernetes' schemas. KEDA's are not among them: they come with KEDA. @throws where one is wrong */
export function validate(rendered: string): void {
  const objects = parseAllDocuments(rendered).map((document) => document.toJS());
  const own = objects.filter(({ apiVersion }) => !apiVersion.startsWith('keda.sh/'));
  const directory = mkdtempSync(join(tmpdir(), 'pump-chart-'));
  try {
    const file = join(directory, 'objects.yaml');
    writeFileSync(file, own.map((object) => JSON.stringify(object)).join('\n---\n'));
    const options = ['--strict', '--quiet', '--kubernetes-version', KUBERNETES, file];
    execFileSync('kubernetes-validate', options, { stdio: 'inherit' });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
