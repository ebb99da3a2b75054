import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

/** Cores that every participant has, where it is not said to have all of them. */
export const CORES = 2;

/**
 * Starts a participant.
 * @param {import("./participants.mjs").Participant} participant
 * @param {Record<string, string>} environment variables beside ours
 */
export function startParticipant({ command, everyCore = false }, environment = {}) {
  const isBound = !everyCore && availableParallelism() > CORES;
  const [program, ...argv] = isBound ? ["taskset", "-c", "0,1", ...command] : command;
  const child = spawn(program, argv, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...environment } });
  let complaints = "";
  child.stderr.on("data", (text) => {
    complaints = `${complaints}${text}`.slice(-2000);
  });
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(`it cannot be started: ${error.message}`));
    child.on("close", (code, signal) => resolve(`it ended with ${signal ?? code}: ${reasonIn(complaints)}`));
  });
  child.stdin.on("error", () => {});
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    /** Sends a request; where no answer comes within `limit` seconds, the answer is an absence. */
    async ask(request, limit) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { promise: late, cancel } = after(limit, { absent: `"${request.do}" took longer than ${limit} s` });
      const answer = answers
        .next()
        .then(async ({ value, done }) => (done ? { absent: await ended } : JSON.parse(value)));
      return Promise.race([answer, late]).finally(cancel);
    },
    stop() {
      child.stdin.end();
      child.kill();
      return ended;
    },
  };
}

function after(seconds, value) {
  let timer;
  const promise = new Promise((resolve) => {
    timer = setTimeout(resolve, 1000 * seconds, value);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}

/** The line that names the error, of what a process wrote before it ended. */
function reasonIn(text) {
  const lines = text.trim().split("\n");
  return lines.findLast((line) => /\w*Error\b.*:/.test(line)) ?? lines.at(-1);
}
