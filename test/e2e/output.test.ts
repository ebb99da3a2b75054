import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { spawnMonge } from "./process.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-output-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const ended = (child: ReturnType<typeof spawnMonge>) =>
  new Promise<number | null>((resolve) => child.on("close", resolve));

it("training goes on to its end where nobody reads its progress any more", async () => {
  const setup = ["--data", "ring", "--width", "8", "--depth", "1", "--batch", "16", "--evaluate-every", "5"];
  const child = spawnMonge(folder, ["train", ...setup, "--iterations", "60", "--out", "run"]);
  child.stdout.destroy();
  child.stderr.once("data", () => child.stderr.destroy());
  expect(await ended(child)).toBe(0);
  const { state } = JSON.parse(await readFile(join(folder, "run/status.json"), "utf8"));
  expect(state).toBe("finished");
});

it("help that nobody reads ends without a word", async () => {
  const child = spawnMonge(folder, ["train", "--help"]);
  child.stdout.destroy();
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  expect(await ended(child)).toBe(0);
  expect(err).toBe("");
});

it.runIf(process.platform === "linux")("output that a full disk refuses is told in one sentence", async () => {
  const child = spawnMonge(folder, ["distance", "--help"], "/dev/full");
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  expect(await ended(child)).toBe(2);
  expect(err).toBe("monge: the output cannot be written: no space left on device.\n");
});

it("samples that nobody reads to the end are written no further, without a word", async () => {
  const child = spawnMonge(folder, ["sample", "run", "-n", "300000", "-o", "-"]);
  let [out, err] = ["", ""];
  child.stderr.on("data", (text) => {
    err += text;
  });
  child.stdout.once("data", (text) => {
    out += text;
    child.stdout.destroy();
  });
  expect(await ended(child)).toBe(0);
  expect(out).toMatch(/^x1,x2\n/);
  expect(err).toBe("");
});
