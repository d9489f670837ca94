import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import dashboard from '#grafana/dashboards/operations.json' with { type: 'json' };
import { anchorsOf } from '../docs/read-documents.ts';
import { ifAtHand } from '../support/at-hand.ts';

const rule = z.object({
  alert: z.string(),
  expr: z.string(),
  labels: z.object({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.object({ summary: z.string(), runbook_url: z.string() }),
});
const { groups } = z
  .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
  .parse(parse(readFileSync('deploy/prometheus/alerts.yaml', 'utf8')));
const alerts = groups.flatMap(({ rules }) => rules);
const expressions = [
  ...alerts.map(({ alert, expr }) => ({ title: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr }))),
];

/** The metrics that an expression names. @throws where it is not PromQL */
function metricsOf(expr: string): string[] {
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter({ type, from, to }) {
      if (type.isError) throw new Error(`Not PromQL at "${expr.slice(from)}"`);
      if (type.name === 'Identifier' && /^(pump|temporal)_/.test(expr.slice(from, to)))
        names.push(expr.slice(from, to));
    },
  });
  return names;
}

const sources = globSync('{api,worker,activities}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
const measured = new Set(sources.flatMap((text) => [...text.matchAll(/'(pump_\w+)'/g)].map(([, name]) => name)));

test.each(expressions)('$title: is PromQL about metrics that there are', ({ expr }) => {
  for (const name of metricsOf(expr).filter((each) => each.startsWith('pump_'))) {
    expect(measured).toContain(name.replace(/_(total|bucket|count|sum)$/, ''));
  }
});

test('each alert has a case that makes it fire, for promtool', () => {
  const cases = z.object({ tests: z.array(z.object({ name: z.string() })) });
  const { tests } = cases.parse(parse(readFileSync('deploy/prometheus/alerts.test.yaml', 'utf8')));
  const tested = new Set(tests.flatMap(({ name }) => name.match(/Pump\w+/g) ?? []));
  expect([...tested].sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});

test('each alert fires by its fault, and none on a healthy day, as promtool evaluates them', () => {
  ifAtHand('promtool', () => {
    execFileSync('promtool', ['test', 'rules', 'deploy/prometheus/alerts.test.yaml'], { stdio: 'pipe' });
  });
});

test('an expression that is none is found', () => {
  expect(() => metricsOf('sum(rate(pump_x[5m])')).toThrow('Not PromQL');
  expect(metricsOf('sum(rate(pump_x{a="b"}[5m])) > 1')).toEqual(['pump_x']);
});

test.each(alerts)('$alert has a runbook', ({ annotations }) => {
  const [, anchor] = /^\{\{ \$externalLabels\.runbooks \}\}#(\w+)$/.exec(annotations.runbook_url) ?? [];
  expect(anchorsOf('docs/operating.md')).toContain(anchor);
});
