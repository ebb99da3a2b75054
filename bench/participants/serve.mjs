import { createInterface } from "node:readline";

/**
 * Takes part in a benchmark from a process of its own: one JSON request a line on standard input, one JSON answer a line on standard
 * output.
 *
 *     { "do": "set up", "problem": FILE, "results": FILE }
 *         computes the problem's steps, writes the results and finds its best settings -> { "losses": [...], "settings": TEXT, ... }
 *     { "do": "start", "problem": FILE }      computes one iteration as soon as it can -> { "losses": [...] }
 *     { "do": "run", "iterations": n }        n iterations of what was set up or started -> { "seconds": s }
 *
 * An answer { "absent": REASON } says that this participant cannot do it.
 * @param {{ setUp: Begin, start?: Begin }} functions
 * @typedef {(request: any) => Promise<{ answer: object, run: (iterations: number) => unknown }>} Begin
 */
export async function serve({ setUp, start = setUp }) {
  let run;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
      if (request.do === "run") {
        const started = performance.now();
        await run(request.iterations);
        answer = { seconds: (performance.now() - started) / 1000 };
      } else {
        ({ answer, run } = await (request.do === "start" ? start : setUp)(request));
      }
    } catch (error) {
      answer = { absent: error.message.split("\n")[0] };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit();
}

/** A function that runs a number of iterations. */
export function repeated(iterate) {
  return async (iterations) => {
    for (let i = 0; i < iterations; i++) await iterate();
  };
}
