import { text } from "../language/index.js";
import type { Answer, Command, ErrorAnswer } from "./protocol.js";

/** A command that has an answer of its own. */
type Request = Extract<Command, { readonly request: number }>;
/** What is asked, without the number that its answer repeats. */
type Question = Request extends infer R ? (R extends Request ? Omit<R, "request"> : never) : never;

/** The line to a worker that trains. */
export interface Connection {
  tell(command: Exclude<Command, Request>): void;
  /** Rejected with the reason where the worker cannot answer. */
  ask(question: Question): Promise<Answer>;
  /** Ends the worker and begins another; what it was asked and has not answered is rejected. */
  renew(): void;
  /** Ends the worker. */
  close(): void;
}

/**
 * Begins a worker.
 * @param onAnswer hears everything that is no answer to a question
 * @param onFailure hears why the worker could not be loaded or has ended
 */
export function connect(onAnswer: (answer: Answer) => void, onFailure: (message: string) => void): Connection {
  const open = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let questions = 0;
  let worker = begin();

  function begin(): Worker {
    const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    made.onmessage = ({ data }: MessageEvent<Answer>) => receive(data);
    made.onerror = ({ message }) => onFailure(message || text().page.workerFailed);
    return made;
  }

  function receive(answer: Answer): void {
    const number = "request" in answer ? answer.request : null;
    if (number === null) {
      onAnswer(answer);
      return;
    }
    const asker = open.get(number);
    open.delete(number);
    if (answer.type === "error") asker?.reject(new Error(sentenceOf(answer)));
    else asker?.resolve(answer);
  }

  function end(): void {
    worker.terminate();
    for (const { reject } of open.values()) reject(new Error(text().page.workerEnded));
    open.clear();
  }

  return {
    tell: (command) => worker.postMessage(command),
    ask(question) {
      const request = questions++;
      worker.postMessage({ ...question, request });
      return new Promise((resolve, reject) => {
        open.set(request, { resolve, reject });
      });
    },
    renew() {
      end();
      worker = begin();
    },
    close: end,
  };
}

/** What went wrong in the worker, in the reader's language where the page has words for it. */
export function sentenceOf({ problem, message }: ErrorAnswer): string {
  return problem === null ? message : text().page.problems[problem];
}
