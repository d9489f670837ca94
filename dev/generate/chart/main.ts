// Renders deploy/helm/ for test/deployment/chart.test.ts, and has every object checked against Kubernetes' schemas:
// `npm run generate:chart`. It needs `helm` (Go module helm.sh/helm/v3) and `kubernetes-validate` (PyPI) on the PATH.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { RENDERINGS, renderedFile, sourcesHash, valuesFile } from './renderings.ts';

const KUBERNETES = '1.34';

for (const name of RENDERINGS) {
  const values = valuesFile(name);
  const options = [
    '--kube-version',
    `${KUBERNETES}.0`,
    '--namespace',
    'costs',
    ...(values ? ['--values', values] : []),
  ];
  const text = execFileSync('helm', ['template', 'pump', 'deploy/helm', ...options], { encoding: 'utf8' });
  const objects = parseAllDocuments(text).map((document) => document.toJS());
  check(objects.filter(({ apiVersion }) => !apiVersion.startsWith('keda.sh/'))); // its schemas are not Kubernetes' own
  writeFileSync(renderedFile(name), `# By npm run generate:chart, of ${sourcesHash(name)}.\n${text}`);
  process.stdout.write(`${renderedFile(name)}: ${objects.length} objects\n`);
}

function check(objects: object[]): void {
  const directory = mkdtempSync(join(tmpdir(), 'pump-chart-'));
  try {
    const file = join(directory, 'objects.yaml');
    writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    const options = ['--strict', '--quiet', '--kubernetes-version', KUBERNETES, file];
    execFileSync('kubernetes-validate', options, { stdio: 'inherit' });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
