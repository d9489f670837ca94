import { hash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

/** The chart as it is rendered: with its own values, and with those of a file. */
export const RENDERINGS = ['default', 'cloud'] as const;
export type Rendering = (typeof RENDERINGS)[number];

export const renderedFile = (name: Rendering) => `test/fixtures/chart/${name}.yaml`;
export const valuesFile = (name: Rendering) =>
  name === 'default' ? undefined : `test/fixtures/chart/${name}.values.yaml`;

/** A hash of all that a rendering is made of: it tells one that is out of date where there is no helm. */
export function sourcesHash(name: Rendering): string {
  const values = valuesFile(name);
  const chart = globSync('deploy/helm/**/*.*').sort();
  const texts = [...chart, ...(values ? [values] : [])].map((file) => `${file}\n${readFileSync(file, 'utf8')}`);
  return hash('sha256', texts.join('\n'), 'hex').slice(0, 16);
}
