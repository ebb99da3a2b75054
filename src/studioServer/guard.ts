import type { IncomingMessage } from "node:http";
import { API } from "./api.js";

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 405;
  /** For whoever reads the answer. */
  readonly sentence: string;
}

/**
 * Whether a request comes from the page or the reader, and not from another site that the reader's browser shows. The server listens
 * on 127.0.0.1 only, but a browser there carries requests of any site:
 *
 * - a name of another site that resolves to 127.0.0.1 (DNS rebinding) gives itself away by the `Host` header
 * - a page of another site that reads the interface, by `Origin` and `Sec-Fetch-Site` ("same-site" too: another port of this machine)
 *
 * Pages of other sites may link to the page. Only GET and HEAD are answered; there is nothing to be changed by any method.
 */
export function refusal({ method, url, headers, headersDistinct }: IncomingMessage, port: number): Refusal | null {
  if (method !== "GET" && method !== "HEAD") return { status: 405, sentence: "Only GET and HEAD are answered." };
  if (!url?.startsWith("/")) return { status: 400, sentence: "The address must be a path." };
  const hosts = ownHosts(port);
  const [host, ...others] = headersDistinct.host ?? [];
  if (host === undefined || others.length > 0 || !hosts.includes(host.toLowerCase())) {
    return { status: 403, sentence: `This server answers to ${hosts.join(", ")} only.` };
  }
  if (!url.startsWith(API)) return null;
  const { origin, "sec-fetch-site": site } = headers;
  const foreign = origin !== undefined && !hosts.some((own) => origin === `http://${own}`);
  if (foreign || (site !== undefined && site !== "same-origin" && site !== "none")) {
    return { status: 403, sentence: "The runs are for the page of this server only." };
  }
  return null;
}

function ownHosts(port: number): string[] {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  return port === 80 ? [...names, ...names.map((name) => `${name}:80`)] : names.map((name) => `${name}:${port}`);
}
