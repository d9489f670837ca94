// Renders deploy/helm/ for test/deployment/chart.test.ts, and has every object checked against Kubernetes' schemas:
// `npm run generate:chart`. It needs `helm` (Go module helm.sh/helm/v3) and `kubernetes-validate` (PyPI) on the PATH.
import { writeFileSync } from 'node:fs';
import { render, validate } from './helm.ts';
import { RENDERINGS, renderedFile } from './renderings.ts';

for (const name of RENDERINGS) {
  const text = render(name);
  validate(text);
  writeFileSync(renderedFile(name), text);
  process.stdout.write(`${renderedFile(name)}\n`);
}
