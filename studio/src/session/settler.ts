import type { Evaluation } from "../../../src/metrics/metric.js";
import { text } from "../language/index.js";
import type { Side } from "../settings/settings.js";
import type { SettleAnswer, SettleQuestion } from "./settleProtocol.js";

/** The page's end of a worker in which critics settle, beside the one that trains. */
export interface Settler {
  /** Rejected where it could not be computed, or was given up. One question at a time. */
  settle(question: SettleQuestion): Promise<Readonly<Record<Side, Evaluation | null>>>;
  /** Ends the worker; what was asked and is not answered is rejected. Another question begins another worker. */
  giveUp(): void;
}

export function createSettler(): Settler {
  let worker: Worker | undefined;
  let reject: ((error: Error) => void) | undefined;

  function giveUp(): void {
    worker?.terminate();
    worker = undefined;
    reject?.(new Error(text().page.workerEnded));
    reject = undefined;
  }

  return {
    settle(question) {
      worker ??= new Worker(new URL("./settleWorker.ts", import.meta.url), { type: "module" });
      const asked = worker;
      return new Promise((resolve, refuse) => {
        reject = refuse;
        asked.onmessage = ({ data }: MessageEvent<SettleAnswer>) => {
          reject = undefined;
          if ("sides" in data) resolve(data.sides);
          else refuse(new Error(data.message));
        };
        asked.onerror = ({ message }) => {
          reject = undefined;
          refuse(new Error(message || text().page.workerFailed));
          giveUp();
        };
        asked.postMessage(question);
      });
    },
    giveUp,
  };
}
