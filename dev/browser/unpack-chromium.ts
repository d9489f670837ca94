import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HOME = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));
/** The package unpacks to TMPDIR. Each process unpacks to a directory of its own, because two may do so at once. */
const UNPACK = "await (await import('@sparticuz/chromium')).default.executablePath()";
/** Makes the package unpack the libraries that a minimal system lacks, too. */
const WITH_LIBRARIES = { AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };

/** Unpacks the Chromium of the packages, once, for Linux on x64. @returns its path and the environment that it needs */
export async function unpackChromium(home = HOME): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser was found. Install Google Chrome or Chromium.');
  }
  if (!existsSync(home)) {
    await mkdir(dirname(home), { recursive: true });
    const fresh = await mkdtemp(`${home}-`);
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      env: { ...process.env, ...WITH_LIBRARIES, TMPDIR: fresh },
    });
    const [fonts, cache] = [join(home, 'fonts'), join(home, 'fonts-cache')];
    await writeFile(
      join(fresh, 'fonts.conf'),
      `<fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>`,
    );
    await rename(fresh, home).catch(async (error) => {
      await rm(fresh, { recursive: true });
      // Another process was faster: its copy is used.
      if (!existsSync(home)) throw error;
    });
  }
  return {
    executablePath: join(home, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_FILE: join(home, 'fonts.conf') },
  };
}
