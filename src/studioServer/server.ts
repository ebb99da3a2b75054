import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InputError } from "../errors.js";
import { systemReason } from "../files.js";
import { encoded, isCompressible, isKnown, tagOf } from "./answer.js";
import { API, answerApi } from "./api.js";
import { type Refusal, refusal } from "./guard.js";
import { headersFor } from "./headers.js";
import type { NamedRun } from "./namedRun.js";
import { openSite, type Site } from "./site.js";
import { checkToken, shownToken, tokenCookie } from "./token.js";

export interface StudioServerOptions {
  /** Those that the page lists; see `openNamedRuns`. */
  readonly runs?: readonly NamedRun[];
  /** Default: one that is free. */
  readonly port?: number;
  /** The built page, unless it is where the build puts it. */
  readonly folder?: string;
  /** What every request must show, so that other users of the machine cannot read along. Default: none is asked for. */
  readonly token?: string | undefined;
  /** Origins whose pages may frame the page, as "https://school.example". Default: none. */
  readonly embedIn?: readonly string[];
}

export interface StudioServer {
  /** "http://127.0.0.1:PORT/", with `?token=` behind it where there is a token. */
  readonly address: string;
  /** Ends it, and every connection with it. */
  close(): Promise<void>;
}

/**
 * Serves the Studio page and the named runs to this machine, on 127.0.0.1. It reads and never writes, and reads nothing but the files
 * of the page and of those runs.
 * @throws InputError where the page was not built, the port cannot be had, or the token cannot be used
 */
export async function startStudioServer({
  runs = [],
  port = 0,
  folder,
  token,
  embedIn = [],
}: StudioServerOptions): Promise<StudioServer> {
  if (token !== undefined) checkToken(token);
  const served = { runs, site: await openSite(folder), token, headers: headersFor(embedIn) };
  const server = createServer((request, response) => {
    answer(request, response, served).catch(() => say(response, 500, "Something went wrong."));
  });
  await listen(server, port);
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token === undefined ? "" : `?token=${token}`}`,
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
  readonly token: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  for (const [name, value] of Object.entries(served.headers)) response.setHeader(name, value);
  const port = request.socket.localPort!;
  const refused = refusal(request, port) ?? withoutToken(request, response, served, port);
  if (refused) {
    if (refused.status === 405) response.setHeader("Allow", "GET, HEAD");
    if (refused.status === 401) response.setHeader("WWW-Authenticate", "Bearer");
    return say(response, refused.status, refused.sentence);
  }
  const [address] = request.url!.split("?", 1) as [string];
  const isApi = address.startsWith(API);
  const found = await (isApi ? answerApi(served.runs, address) : served.site(address));
  if (!found) return say(response, 404, isApi ? "There is no such run." : "There is no such page.");
  const tag = tagOf(found.body);
  response.setHeader("Cache-Control", found.caching);
  response.setHeader("ETag", tag);
  if (isCompressible(found)) response.setHeader("Vary", "Accept-Encoding");
  if (isKnown(request.headers["if-none-match"], tag)) {
    response.writeHead(304).end();
    return;
  }
  const { body, encoding } = await encoded(found, request.headers["accept-encoding"]);
  if (encoding) response.setHeader("Content-Encoding", encoding);
  send(response, 200, found.type, body);
}

/** A refusal where a token is asked for and not shown. An address that shows it sets the cookie that will show it. */
function withoutToken(
  request: IncomingMessage,
  response: ServerResponse,
  { token }: Served,
  port: number,
): Refusal | null {
  if (token === undefined) return null;
  const shown = shownToken(request, token, port);
  if (shown === "address") response.setHeader("Set-Cookie", tokenCookie(token, port));
  if (shown) return null;
  return { status: 401, sentence: "This page needs its token: open the address that monge studio printed." };
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
  else {
    response.setHeader("Cache-Control", "no-store");
    send(response, status, "text/plain;charset=utf-8", `${sentence}\n`);
  }
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array | string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}
