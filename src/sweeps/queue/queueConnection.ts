import { setTimeout as delay } from "node:timers/promises";
import type { Redis } from "ioredis";
import { InputError } from "../../errors.js";
import { shortened } from "../../quoting.js";
import type { QueueAddress } from "./queueAddress.js";
import type { QueuePackages } from "./queuePackages.js";

/** A first connection that takes longer is given up. */
const CONNECT_MILLISECONDS = 8_000;
/** Something asked of a server that takes longer was not heard. */
const ANSWER_MILLISECONDS = 10_000;
const RETRY_MILLISECONDS = 500;

/** A queue that went away and did not come back in time. */
export class QueueGone extends InputError {}

export interface ConnectionOptions {
  /** How long a server that went away is tried to be reached again. */
  readonly reconnectSeconds: number;
  /** Told, in a sentence, that the server is away, and that it is back. */
  readonly onNews: (sentence: string) => void;
}

/** A connection to the server of a queue. */
export interface QueueConnection {
  readonly client: Redis;
  /**
   * Asks the server for something, again while it is away.
   * @throws QueueGone where it does not come back in time
   * @throws InputError where it refuses
   */
  ask<T>(question: () => Promise<T>): Promise<T>;
  close(): void;
}

/**
 * Connects to the server of a queue.
 * @throws InputError within some seconds where it cannot be reached, or refuses
 */
export async function connectQueue(
  { Redis }: QueuePackages,
  address: QueueAddress,
  { reconnectSeconds, onNews }: ConnectionOptions,
): Promise<QueueConnection> {
  const { host, port, db, username, password, isEncrypted, shown } = address;
  const client = new Redis({
    ...{ host, port, db, lazyConnect: true, connectTimeout: CONNECT_MILLISECONDS, commandTimeout: ANSWER_MILLISECONDS },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // A name, and no address, is asked for by SNI.
    ...(isEncrypted && { tls: { ...(/[a-z]/i.test(host) && !host.includes(":") && { servername: host }) } }),
    // What is asked while it is away fails at once, and is asked again.
    enableOfflineQueue: false,
    ...{ maxRetriesPerRequest: null, retryStrategy: () => RETRY_MILLISECONDS },
  });
  await firstAnswer(client, address);
  let isAway = false;
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    const since = performance.now();
    for (;;) {
      try {
        const answer = await question();
        if (isAway) onNews(`The queue at ${shown} is back.`);
        isAway = false;
        return answer;
      } catch (error) {
        if (!isConnectionError(error)) throw refusal(error, address) ?? error;
        if (performance.now() - since > 1000 * reconnectSeconds)
          throw new QueueGone(
            `The queue at ${shown} went away (${reasonOf(error)}) and did not come back in ${reconnectSeconds} s.`,
          );
        if (!isAway)
          onNews(`The queue at ${shown} is away (${reasonOf(error)}); trying to reach it for ${reconnectSeconds} s.`);
        isAway = true;
        await delay(RETRY_MILLISECONDS);
      }
    }
  };
  return { client, ask, close: () => client.disconnect() };
}

/** Waits until the server has answered once, whatever goes wrong first. */
async function firstAnswer(client: Redis, address: QueueAddress): Promise<void> {
  let problem: unknown;
  const failed = new Promise<never>((_, reject) => {
    client.on("error", (error) => {
      problem ??= error;
      reject(error);
    });
    client.on("close", () => reject(problem ?? new Error("it closed the connection")));
    setTimeout(() => reject(new Error("it does not answer")), CONNECT_MILLISECONDS).unref();
  });
  failed.catch(() => {});
  try {
    await Promise.race([client.connect().then(() => client.ping()), failed]);
  } catch (error) {
    client.disconnect();
    const reason = problem ?? error;
    throw (
      refusal(reason, address) ??
      new InputError(
        `The queue at ${address.shown} cannot be reached (${reasonOf(reason)}): check the address, and that a Redis server runs there${address.isEncrypted ? " that speaks TLS" : ""}.`,
      )
    );
  }
}

/** A sentence where a server was reached and refuses. */
function refusal(error: unknown, { shown, isEncrypted }: QueueAddress): InputError | undefined {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (/WRONGPASS|NOAUTH|invalid (username-)?password|AUTH .*without any password/i.test(message))
    return new InputError(
      `The queue at ${shown} refuses the password: give it in the address, redis://user:password@host.`,
    );
  if (/NOPERM/.test(message))
    return new InputError(`The queue at ${shown} does not let this user do what a queue needs: ${shortened(message)}.`);
  if (/DB index|invalid DB/i.test(message))
    return new InputError(`The queue at ${shown} has no database of that number: give a smaller one.`);
  if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ALTNAME/.test(code))
    return new InputError(
      `The certificate of ${shown} is not trusted (${code}): name the file of its authority in NODE_EXTRA_CA_CERTS, and its host as the certificate has it.`,
    );
  if (isEncrypted && /SSL|EPROTO|TLS/.test(code))
    return new InputError(`${shown} does not speak TLS: give redis:// instead of rediss://.`);
  return undefined;
}

const CONNECTION_CODES = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"];

/** Whether an error says that the server is away, or begins to be there again. */
function isConnectionError(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return (
    CONNECTION_CODES.includes(codeOf(error)) ||
    /Connection is closed|Command timed out|Connection ended|Stream isn't writeable|^LOADING|^MASTERDOWN|^READONLY/.test(
      message,
    )
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function reasonOf(error: unknown): string {
  return codeOf(error) || shortened(error instanceof Error ? error.message : String(error));
}
