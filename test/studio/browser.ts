import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import sirv from "sirv";
import { describe } from "vitest";

/** Nothing of the browser's own goes to the network. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium at CHROMIUM_PATH, Debian's, or the one that Playwright installed; `undefined` where there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file.`);
    return named;
  }
  return ["/usr/bin/chromium", chromium.executablePath()].find(existsSync);
}

/** `describe` for tests in a real browser. Where none is found they are skipped, and it is said loudly. */
export function describeInChromium(name: string, tests: () => void): void {
  const found = chromiumPath() !== undefined;
  if (!found) {
    console.warn(
      `SKIPPED: ${name}. No Chromium was found; install one (apt install chromium), or name it in CHROMIUM_PATH.`,
    );
  }
  describe.skipIf(!found)(name, tests);
}

/** Starts headless Chromium, without WebGPU unless `flags` bring it. */
export function openBrowser(flags: readonly string[] = ["--disable-gpu"]): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error("There is no Chromium to start.");
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/** A folder that is served to this machine alone. */
export interface Site {
  /** "http://127.0.0.1:PORT" */
  readonly origin: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Send the headers (COOP, COEP) that make a page `crossOriginIsolated`. Default: true. */
  readonly isolated?: boolean;
  /** Told the path of each request. */
  readonly onRequest?: (path: string) => void;
}

/** Serves a folder on 127.0.0.1, on a port that is free. */
export async function serve(folder: string, { isolated = true, onRequest }: ServeOptions = {}): Promise<Site> {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    onRequest?.(request.url ?? "");
    if (isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    files(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page, and what went wrong in it: errors that nobody caught and messages to console.error. */
export interface OpenPage {
  readonly page: Page;
  readonly problems: string[];
}

/** Opens an address in a tab that shares nothing with other tabs. */
export async function openPage(
  browser: Browser,
  address: string,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<OpenPage> {
  const page = await browser.newPage(options);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(address);
  return { page, problems };
}
