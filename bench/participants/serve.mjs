import { createInterface } from "node:readline";

/**
 * Takes part in a benchmark from a process of its own: one JSON request a line on standard input, one JSON answer a line on standard
 * output.
 *
 *     { "do": "set up", "problem": FILE, "results": FILE }  ->  what `setUp` returns, such as { "settings": TEXT, "losses": [...] }
 *     { "do": "run", "iterations": n }                      ->  { "seconds": s }, the time of n iterations
 *
 * An answer { "absent": REASON } says that this participant cannot do the row.
 * @param {(request: any) => Promise<{ answer: object, run?: (iterations: number) => Promise<unknown> }>} setUp
 */
export async function serve(setUp) {
  let run;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
      if (request.do === "set up") ({ answer, run } = await setUp(request));
      else {
        const started = performance.now();
        await run(request.iterations);
        answer = { seconds: (performance.now() - started) / 1000 };
      }
    } catch (error) {
      answer = { absent: error.message.split("\n")[0] };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit();
}
