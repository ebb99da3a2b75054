import { printable } from "../quoting.js";

/** A line on standard error that tells how long work goes on. */
export interface StatusLine {
  say(text: string): void;
  end(): void;
}

const TERMINAL_MILLISECONDS = 100;
const PLAIN_MILLISECONDS = 10_000;

/** One line that is written over on a terminal, a plain line every ten seconds elsewhere, nothing where `quiet`. */
export function statusLine(quiet: boolean): StatusLine {
  if (quiet) return { say: () => {}, end: () => {} };
  const terminal = process.stderr.isTTY;
  const interval = terminal ? TERMINAL_MILLISECONDS : PLAIN_MILLISECONDS;
  let last = performance.now();
  let shown = false;
  return {
    say(text) {
      if (performance.now() - last < interval) return;
      last = performance.now();
      shown = terminal;
      process.stderr.write(terminal ? `\r\x1b[K${printable(text)}` : `${printable(text)}\n`);
    },
    end() {
      if (shown) process.stderr.write("\r\x1b[K");
    },
  };
}
