import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import type { Evaluation } from "../../src/metrics/metric.js";
import { resultsText } from "../../src/report/index.js";
import { resultsOf, runResult } from "../../src/runs/runResult.js";
import { ask } from "../studioServer/exchange.js";
import { type Captured, captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const evaluation: Evaluation = { iteration: 0, seconds: 0, figures: { emd: 1, feedback: 1 } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-cli-studio-"));
  const about = { loss: "w-gp", seed: 0, iterations: 0, seconds: 0, stopped: null };
  const runs = [runResult(about, [evaluation])];
  await writeFile(at("results.json"), resultsText(resultsOf("ring", runs)));
  await mkdir(at("empty"));
  await mkdir(at("damaged/checkpoints/00000005"), { recursive: true });
  await writeFile(at("damaged/checkpoints/00000005/run.json"), "{");
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `monge studio`, calls `during` with the address that it prints, presses Ctrl+C, and tells how it ended. */
async function studio(argv: readonly string[], during: (address: string) => Promise<void>): Promise<Captured> {
  return captured(async () => {
    const said = vi.mocked(process.stdout.write).mock.calls;
    const ended = runCommand(["studio", ...argv]);
    const address = await vi.waitFor(() => /http:\S+/.exec(String(said.at(-1)?.[0]))![0], { timeout: 20_000 });
    try {
      await during(address);
    } finally {
      process.emit("SIGINT", "SIGINT");
    }
    return ended;
  });
}

describe("monge studio", () => {
  it("serves the page and the named runs until Ctrl+C, which is success", async () => {
    let served: string | undefined;
    const { code, out, err } = await studio([at("results.json"), "--no-open"], async (address) => {
      served = address;
      expect((await ask(address, "/")).body).toMatch(/<title>/);
      expect(JSON.parse((await ask(address, "/api/runs.json")).body).runs).toMatchObject([
        { name: at("results.json") },
      ]);
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(`Studio: ${served} (Ctrl+C ends it)\n`);
    await expect(ask(served!, "/")).rejects.toThrow(/ECONNREFUSED/);
  });

  it.runIf(process.platform === "linux")(
    "opens the browser with the page, and does without one that fails",
    async () => {
      await writeFile(at("browser"), `#!/bin/sh\necho "$1" > "${at("opened")}"\n`);
      await chmod(at("browser"), 0o755);
      vi.stubEnv("BROWSER", at("browser"));
      const opened = await studio([], async (address) => {
        await vi.waitFor(async () => expect(await readFile(at("opened"), "utf8")).toBe(`${address}\n`), {
          timeout: 10_000,
        });
      });
      expect(opened).toMatchObject({ code: 0, err: "" });

      vi.stubEnv("BROWSER", "/bin/false");
      const failed = await studio([], async (address) => {
        const said = vi.mocked(process.stderr.write).mock.calls;
        await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 10_000 });
        expect((await ask(address, "/")).status).toBe(200);
      });
      expect(failed.code).toBe(0);
      expect(failed.err).toMatch(/^monge: No browser could be opened; open http:\/\/127\.0\.0\.1:\d+\/ yourself\.\n$/);
    },
  );

  it("draws a token, or takes one, that the address which it prints opens with; no browser's command line shows it", async () => {
    vi.stubEnv("BROWSER", "/bin/false");
    const tokens: string[] = [];
    for (const token of [[], [], ["a-token_of-24-characters"]]) {
      const { code, err } = await studio(["--token", ...token], async (address) => {
        const { search } = new URL(address);
        tokens.push(search);
        expect((await ask(address, "/api/runs.json")).status).toBe(401);
        expect((await ask(address, `/api/runs.json${search}`)).status).toBe(200);
      });
      expect({ code, err }).toEqual({ code: 0, err: "" });
    }
    const [first, second, given] = tokens;
    expect(first).toMatch(/^\?token=[\w-]{32}$/);
    expect(second).not.toBe(first);
    expect(given).toBe("?token=a-token_of-24-characters");
  });

  it("lets the sites that are named show it in a frame", async () => {
    const argv = ["--embed-in", "https://school.example", "--embed-in", "http://localhost:3000/", "--no-open"];
    const { code } = await studio(argv, async (address) => {
      const { headers } = await ask(address, "/");
      expect(headers["content-security-policy"]).toContain(
        "frame-ancestors https://school.example http://localhost:3000",
      );
    });
    expect(code).toBe(0);
  });

  it("says in one sentence what is wrong, and ends with 2", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const taken = String((other.address() as AddressInfo).port);
    const cases: [argv: string[], says: RegExp][] = [
      [["--port", taken], /port \d+ cannot be used: it is taken; give another --port/],
      [["--port", "65536"], /--port.*whole number from 0 to 65535/],
      [["--port", "x"], /--port.*must be a number/],
      [["--token", at("results.json")], /the token "\S+results\.json" cannot be used.*put --token behind the runs/],
      [["--embed-in", "https://school.example/page"], /--embed-in.*must be an origin, as https:\/\/school\.example/],
      [["--embed-in", "*"], /--embed-in.*must be an origin/],
      [[at("nowhere")], /nowhere cannot be opened: no such file or directory/],
      [[at("empty")], /empty holds no run that this version can read/],
      [[at("damaged")], /damaged holds a run, but no checkpoint of it that this version can read/],
    ];
    for (const [argv, says] of cases) {
      const { code, out, err } = await captured(() => runCommand(["studio", ...argv, "--no-open"]));
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(says);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
    other.close();
  });

  it("shows examples under --help", async () => {
    const { code, out } = await captured(() => runCommand(["studio", "--help"]));
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: monge studio \[options\] \[runs\.\.\.\][\s\S]*Examples:\n {2}monge studio\n/);
  });
});
