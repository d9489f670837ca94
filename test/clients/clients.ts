import { join } from 'node:path';
import type { Needs, Toolchain } from './install.ts';
import type { Command } from './run.ts';

const HERE = import.meta.dirname;
const page =
  (language: string) =>
  (bin: string): Command => ({
    program: process.execPath,
    args: [join(HERE, 'page.ts'), language, bin],
    cwd: HERE,
  });
const python = (script: string) => (bin: string) => ({
  program: join(bin, 'python'),
  args: [script],
  cwd: join(HERE, 'python'),
});

/** What is run, and which toolchain it needs. The versions are pinned in the folder of each. */
export const CLIENTS: { name: string; needs: Needs; command: (bin: Toolchain) => Command }[] = [
  { name: 'clickhouse-connect', needs: 'python', command: python('connect.py') },
  { name: 'SQLAlchemy (both dialects), polars', needs: 'python', command: python('dialects.py') },
  { name: 'ibis', needs: 'python', command: python('dataframes.py') },
  { name: 'aiochclient', needs: 'python', command: python('asynchronous.py') },
  {
    name: 'dbt: table, view, incremental, test',
    needs: 'python',
    command: (bin) => ({
      program: join(bin, 'python'),
      args: [join(HERE, 'python/run_dbt.py'), join(HERE, 'dbt'), join(bin, '../dbt')],
      cwd: join(HERE, 'python'),
    }),
  },
  { name: 'the dbt package, each mart', needs: 'python', command: python('../data/dbt_package.py') },
  { name: 'docs/tools.md: Python, Superset, ODBC', needs: 'python', command: python('../data/tools_page.py') },
  { name: 'docs/notebooks/costs.ipynb', needs: 'python', command: python('../data/notebook.py') },
  { name: 'validators of FOCUS 1.4 and 1.2', needs: 'focus', command: python('../data/focus.py') },
  {
    name: 'openapi-fetch and @hey-api/openapi-ts',
    needs: 'typescript',
    command: (bin) => ({ program: process.execPath, args: [join(HERE, 'typescript/main.mts'), bin], cwd: bin }),
  },
  { name: 'docs/tools.md: TypeScript', needs: 'typescript', command: page('ts') },
  { name: 'docs/tools.md: Go, Grafana', needs: 'go', command: page('go') },
  { name: 'docs/tools.md: Java, Metabase, DBeaver', needs: 'java', command: page('java') },
  { name: 'clickhouse-go', needs: 'go', command: (bin) => ({ program: join(bin, 'client'), args: [], cwd: bin }) },
  {
    name: 'clickhouse-jdbc',
    needs: 'java',
    command: (bin) => ({
      program: 'java',
      args: ['-cp', join(bin, '*'), join(HERE, 'java/Main.java')],
      cwd: bin,
    }),
  },
];
