import { bar } from './bar.ts';
import type { Colours } from './colours.ts';

const WIDTH = 40;
const CLEAR_LINE = '\r\x1b[2K';

/** Shows the progress in days: one line that is redrawn on a terminal, elsewhere a line for every 10 %. */
export type Progress = { show: (done: number, total: number) => void; end: () => void };

export function createProgress(stream: NodeJS.WriteStream, colours: Colours): Progress {
  let tenths = -1;
  if (stream.isTTY) {
    return {
      show: (done, total) => stream.write(`${CLEAR_LINE}${progressLine(done, total, colours)}`),
      end: () => stream.write('\n'),
    };
  }
  return {
    show(done, total) {
      const now = total === 0 ? 0 : Math.floor((done / total) * 10);
      if (now > tenths) stream.write(`${progressLine(done, total, colours)}\n`);
      tenths = Math.max(tenths, now);
    },
    end: () => {},
  };
}

function progressLine(done: number, total: number, colours: Colours): string {
  const share = total === 0 ? 0 : done / total;
  const filled = bar(share, WIDTH);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return `  ${colours.bar(filled)}${colours.dim('·'.repeat(WIDTH - filled.length))} ${percent}  ${done} of ${total} days`;
}
