import { InputError } from "../../errors.js";

/** Where a Redis server is. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly isEncrypted: boolean;
  /** The address without its password, for messages. */
  readonly shown: string;
}

const USUAL_PORT = 6379;
const FORM = "redis://[user:password@]host[:port][/db], or rediss:// for TLS";

/**
 * Reads the address of a Redis server, `redis://[user:password@]host[:port][/db]` or `rediss://...`.
 * @throws InputError where it is none; the message has no password
 */
export function queueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["redis:", "rediss:"].includes(url.protocol) || url.hostname === "")
    throw new InputError(`The address of a queue is ${FORM}.`);
  const path = url.pathname.replace(/^\//, "");
  if (!/^\d*$/.test(path) || url.search !== "" || url.hash !== "")
    throw new InputError(`The address of a queue ends with the number of a database, if anything: ${FORM}.`);
  const port = url.port === "" ? USUAL_PORT : Number(url.port);
  return {
    // An address of IPv6 stands in brackets in a URL only.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    db: Number(path),
    username: url.username === "" ? undefined : decodeURIComponent(url.username),
    password: url.password === "" ? undefined : decodeURIComponent(url.password),
    isEncrypted: url.protocol === "rediss:",
    shown: `${url.protocol}//${url.hostname}:${port}${path === "" ? "" : `/${path}`}`,
  };
}
