import { parentPort, workerData } from "node:worker_threads";
import { plainError } from "./plainErrors.js";
import { type Message, STOP, type Task } from "./threads.js";

/** Does the work that `inThread` has started this thread for, and reports to it. */
async function serve({ module, name, assignment }: Task): Promise<void> {
  if (!parentPort) throw new Error("this file is for a thread to run");
  const port = parentPort;
  const say = (message: Message<unknown, unknown>) => port.postMessage(message);
  const controller = new AbortController();
  port.on("message", (message) => {
    if (message === STOP) controller.abort();
  });
  try {
    const exported: Readonly<Record<string, unknown>> = await import(module);
    const run = exported[name];
    if (typeof run !== "function") throw new Error(`${module} exports no function ${name}`);
    const onProgress = (progress: unknown) => say({ type: "progress", progress });
    say({ type: "done", result: await run(assignment, { signal: controller.signal, onProgress }) });
  } catch (error) {
    say({ type: "failed", error: plainError(error) });
  } finally {
    // An open port would keep the thread alive.
    port.close();
  }
}

await serve(workerData);
