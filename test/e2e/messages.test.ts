import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runProcess } from "./process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-messages-"));
});
afterAll(() => rm(folder, { recursive: true }));

it.each(["cuda", "webgpu"])(
  "a run on %s runs or ends with one sentence, and ONNX Runtime adds none",
  async (device) => {
    const small = ["--iterations", "1", "--batch", "8", "--width", "8", "--evaluate-every", "0", "--quiet"];
    const argv = ["train", "--data", "ring", "--out", device, "--device", device, ...small];
    const { code, err } = await runProcess(folder, argv);
    const sentence = `monge: the device "${device}" cannot be used here: `;
    expect(code === 0 ? "" : err.slice(0, sentence.length)).toBe(code === 0 ? "" : sentence);
    expect(err.split("\n").filter((line) => line !== "").length).toBeLessThanOrEqual(1);
  },
);

it("names in a file and on the command line reach no terminal as they are", async () => {
  const table = join(folder, "evil\x1b[31m\u202e.csv");
  await writeFile(table, "a\x1b]0;title\x07,b\n1,2\nx\x9by,3\n");
  for (const argv of [
    ["distance", table, table],
    ["info", "no\x1b[2Jthing"],
    ["train", "--data", table, "--as", "points", "--out", "no"],
    ["train", table, "--drop", "\x1b[2J", "--out", "no"],
    ["--\x1b[2J"],
    ["\x1b[2J"],
  ]) {
    const { code, err } = await runProcess(folder, argv);
    expect(code).toBe(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(err).toMatch(/^monge: [^\x00-\x1f\x7f-\x9f\u202e]+\n$/);
  }
});
