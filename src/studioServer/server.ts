import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InputError } from "../errors.js";
import { systemReason } from "../files.js";
import { API, answerApi } from "./api.js";
import { refusal } from "./guard.js";
import { HEADERS } from "./headers.js";
import type { NamedRun } from "./namedRun.js";
import { openSite, type Site } from "./site.js";

export interface StudioServerOptions {
  /** Those that the page lists; see `openNamedRuns`. */
  readonly runs?: readonly NamedRun[];
  /** One that is free unless told. */
  readonly port?: number;
  /** The built page, unless it is where the build puts it. */
  readonly folder?: string;
}

export interface StudioServer {
  /** "http://127.0.0.1:PORT/" */
  readonly address: string;
  /** Ends it, and every connection with it. */
  close(): Promise<void>;
}

/**
 * Serves the Studio page and the named runs to this machine, on 127.0.0.1. It reads and never writes, and reads nothing but the files
 * of the page and of those runs.
 * @throws InputError where the page was not built or the port cannot be had
 */
export async function startStudioServer({ runs = [], port = 0, folder }: StudioServerOptions): Promise<StudioServer> {
  const served = { runs, site: await openSite(folder) };
  const server = createServer((request, response) => {
    answer(request, response, served).catch(() => say(response, 500, "Something went wrong."));
  });
  await listen(server, port);
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Served {
  readonly runs: readonly NamedRun[];
  readonly site: Site;
}

async function answer(request: IncomingMessage, response: ServerResponse, { runs, site }: Served): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.setHeader("Cache-Control", "no-store");
  const refused = refusal(request, request.socket.localPort!);
  if (refused) {
    if (refused.status === 405) response.setHeader("Allow", "GET, HEAD");
    return say(response, refused.status, refused.sentence);
  }
  const [address] = request.url!.split("?", 1) as [string];
  if (!address.startsWith(API)) {
    if (!(await site(request, response, address))) say(response, 404, "There is no such page.");
    return;
  }
  const found = await answerApi(runs, address);
  if (!found) return say(response, 404, "There is no such run.");
  response.setHeader("ETag", found.tag);
  if (request.headers["if-none-match"] === found.tag) response.writeHead(304).end();
  else send(response, 200, found.type, found.body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "it is taken" : (systemReason(error) ?? error.message);
      reject(
        new InputError(`port ${port} cannot be used: ${reason}; give another --port, or none for one that is free.`),
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

function say(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) response.destroy();
  else send(response, status, "text/plain;charset=utf-8", `${sentence}\n`);
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array | string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}
