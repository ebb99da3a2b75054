import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TensorData } from "../../src/engine/tensor.js";
import { InputError } from "../../src/errors.js";
import { checkpointsMark, loadCheckpoint, saveCheckpoint } from "../../src/runs/checkpoint.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/runs/safetensors.js";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "monge-checkpoint-"));
});
afterEach(() => rm(directory, { recursive: true }));

const tensors = (value: number): Record<string, TensorData> => ({
  critic: { shape: [2, 2], data: Float32Array.of(value, 0.1, -0, 1e-45) },
  step: { shape: [], data: Int32Array.of(value) },
});
const run = (value: number) => ({ seed: value, rng: [1, -2, 3, 4], rate: 1e-4, 7: "a number's name", note: "é" });
const save = (iteration: number, value = iteration) =>
  saveCheckpoint(directory, iteration, { tensors: tensors(value), run: run(iteration) });
const saved = async () => (await readdir(join(directory, "checkpoints"))).sort();

describe("a saved checkpoint", () => {
  it("comes back to the bit, with nothing added to the run", async () => {
    const path = await save(12);
    expect(path).toBe(join(directory, "checkpoints", "00000012"));
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    const loaded = await loadCheckpoint(directory);
    expect(loaded).toStrictEqual({ iteration: 12, tensors: tensors(12), run: run(12), version, path, warnings: [] });
  });

  it("is two files that other programs can read, the hash among them", async () => {
    const path = await save(12);
    const state = await readFile(join(path, "state.safetensors"));
    expect(decodeSafetensors(state).tensors).toStrictEqual(tensors(12));
    const json = JSON.parse(await readFile(join(path, "run.json"), "utf8"));
    expect(json).toMatchObject({
      formatVersion: 4,
      iteration: 12,
      sha256: createHash("sha256").update(state).digest("hex"),
      ...run(12),
    });
    expect(await readdir(path)).toHaveLength(2);
  });

  it("stays with the one before it; older ones go", async () => {
    for (const iteration of [5, 10, 100_000_000, 100_000_005]) await save(iteration);
    expect(await saved()).toEqual(["100000000", "100000005"]);
    expect((await loadCheckpoint(directory)).iteration).toBe(100_000_005);
  });

  it("takes the place of a damaged one of the same iteration, and of the future that the run was rolled back from", async () => {
    await save(10);
    await truncate(join(await save(20), "state.safetensors"), 100);
    await save(20);
    expect((await loadCheckpoint(directory)).iteration).toBe(20);
    await save(15);
    expect(await saved()).toEqual(["00000010", "00000015"]);
  });

  it("is not written where a number is not finite; the one before it stays", async () => {
    await save(10);
    for (const bad of [Number.NaN, Infinity]) {
      await expect(save(20, bad)).rejects.toThrow(/numbers of the tensor critic are not finite/);
    }
    expect(await saved()).toEqual(["00000010"]);
  });

  it("is not disturbed by what a killed writer left, and the next save clears that away", async () => {
    await save(10);
    const leftover = join(directory, "checkpoints", ".00000020.0b0c7c1e-54a5-4c5e-8f0c-0123456789ab.tmp");
    await mkdir(leftover);
    await writeFile(join(leftover, "state.safetensors"), "half");
    expect(await loadCheckpoint(directory)).toMatchObject({ iteration: 10, warnings: [] });
    await save(20);
    expect(await saved()).toEqual(["00000010", "00000020"]);
  });

  it("cannot be written where a file stands in the way, and the sentence names it", async () => {
    await writeFile(join(directory, "checkpoints"), "");
    await expect(save(1)).rejects.toThrow(InputError);
    await expect(save(1)).rejects.toThrow(`${join(directory, "checkpoints")} is a file`);
  });

  it("has no member that would hide one of the file's own", async () => {
    const taken = saveCheckpoint(directory, 1, { tensors: {}, run: { version: 3 } });
    await expect(taken).rejects.toThrow("a run cannot have a member called version");
    expect(await readdir(directory)).toEqual([]);
  });
});

const edit = async (path: string, from: string, to: string) => {
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
};
/** Writes an infinity into the state, and seals it as its own. */
const poison = async (path: string) => {
  const state = encodeSafetensors({ critic: { shape: [2], data: Float32Array.of(1, Infinity) } });
  await writeFile(join(path, "state.safetensors"), state);
  const { seal: _, ...members } = JSON.parse(await readFile(join(path, "run.json"), "utf8"));
  const edited = { ...members, sha256: createHash("sha256").update(state).digest("hex") };
  const seal = createHash("sha256").update(JSON.stringify(edited)).digest("hex");
  await writeFile(join(path, "run.json"), JSON.stringify({ seal, ...edited }));
};
const folderInstead = async (path: string) => {
  await rm(path);
  await mkdir(path);
};
const damages: [string, (path: string) => Promise<unknown>, string][] = [
  ["no state", (path) => rm(join(path, "state.safetensors")), "state.safetensors cannot be read: no such file"],
  ["no run", (path) => rm(join(path, "run.json")), "run.json cannot be read: no such file"],
  ["truncated state", (path) => truncate(join(path, "state.safetensors"), 200), "state.safetensors does not match"],
  ["empty state", (path) => truncate(join(path, "state.safetensors"), 0), "state.safetensors does not match"],
  ["truncated run", (path) => truncate(join(path, "run.json"), 40), "run.json is not a JSON object"],
  ["a run that is no object", (path) => writeFile(join(path, "run.json"), "[1]"), "run.json is not a JSON object"],
  ["no format", (path) => edit(join(path, "run.json"), ": 4,", ": null,"), "run.json lacks its version"],
  [
    "another version",
    (path) => edit(join(path, "run.json"), '"version": "', '"version": "9'),
    "run.json does not match",
  ],
  [
    "another iteration",
    (path) => edit(join(path, "run.json"), '"iteration": 20', '"iteration": 21'),
    "run.json does not",
  ],
  [
    "a folder for a state",
    (path) => folderInstead(join(path, "state.safetensors")),
    "state.safetensors cannot be read: it is not a file",
  ],
  [
    "no checksum",
    (path) => edit(join(path, "run.json"), '"sha256"', '"sha"'),
    "run.json lacks its version or its checksums",
  ],
  ["an infinite number", poison, "numbers of its tensor critic are not finite"],
  ["one changed number", (path) => edit(join(path, "run.json"), "-2", "-3"), "run.json does not match its checksum"],
];

describe("a damaged checkpoint", () => {
  it.each(damages)(
    "with %s is passed over with a warning, and the one before it is used",
    async (_, damage, reason) => {
      await save(10);
      const path = await save(20);
      await damage(path);
      const loaded = await loadCheckpoint(directory);
      expect(loaded).toMatchObject({ iteration: 10, run: run(10) });
      expect(loaded.tensors).toStrictEqual(tensors(10));
      expect(loaded.warnings).toHaveLength(1);
      expect(loaded.warnings[0]).toMatch(/^The checkpoint .*\.$/);
      expect(loaded.warnings[0]).toContain(`${path} was passed over: ${reason}`);
    },
  );

  it("is not counted when the last two are kept", async () => {
    await save(10);
    await truncate(join(await save(20), "state.safetensors"), 100);
    await save(30);
    expect(await saved()).toEqual(["00000010", "00000030"]);
  });

  it("is one that was copied or renamed to another iteration", async () => {
    const path = await save(500);
    await cp(path, join(directory, "checkpoints", "00009999"), { recursive: true });
    expect(await loadCheckpoint(directory)).toMatchObject({
      iteration: 500,
      warnings: [
        expect.stringContaining("00009999 was passed over: it is the checkpoint of iteration 500, copied or renamed"),
      ],
    });
    await rename(path, join(directory, "checkpoints", "00000400"));
    await expect(loadCheckpoint(directory)).rejects.toThrow(
      /00000400 was passed over: it is the checkpoint of iteration 500/,
    );
  });

  it("with any single bit of its state flipped is refused", async () => {
    const file = join(await save(20), "state.safetensors");
    const whole = await readFile(file);
    for (let bit = 0; bit < whole.length * 8; bit += 7) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await writeFile(file, flipped);
      await expect(loadCheckpoint(directory), `bit ${bit}`).rejects.toThrow(InputError);
    }
  });

  it("with any single bit of its run flipped is refused, or gives the same run", async () => {
    const file = join(await save(20), "run.json");
    const whole = await readFile(file);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await writeFile(file, flipped);
      const result = await loadCheckpoint(directory).catch((error: unknown) => error);
      if (!(result instanceof InputError)) expect(result, `bit ${bit}`).toMatchObject({ iteration: 20, run: run(20) });
    }
  });
});

describe("a checkpoint that is chosen", () => {
  it("is read whatever is newer", async () => {
    await save(10);
    await save(20);
    const loaded = await loadCheckpoint(directory, { iteration: 10 });
    expect(loaded).toMatchObject({ iteration: 10, run: run(10), warnings: [] });
  });

  it("is refused where it is damaged, or is not there: the others are told then", async () => {
    const path = await save(10);
    await save(20);
    await expect(loadCheckpoint(directory, { iteration: 15 })).rejects.toThrow(
      /holds no checkpoint of iteration 15; those that it holds are of 10 and 20\.$/,
    );
    await truncate(join(path, "state.safetensors"), 100);
    await expect(loadCheckpoint(directory, { iteration: 10 })).rejects.toThrow(/no usable checkpoint: .*00000010/);
  });
});

describe("a whole checkpoint of another run", () => {
  const saveOf = (id: string, iteration: number) =>
    saveCheckpoint(directory, iteration, { tensors: tensors(iteration), run: { ...run(iteration), id } });
  // Copied in by hand, under the name that it had in its own folder.
  const mixed = async () => {
    const aside = join(directory, "aside");
    await rename(await saveOf("theirs", 30), aside);
    await saveOf("ours", 20);
    await rename(aside, join(directory, "checkpoints", "00000030"));
  };

  it("is neither used nor passed over in silence: the user chooses", async () => {
    await mixed();
    await expect(loadCheckpoint(directory)).rejects.toThrow(InputError);
    await expect(loadCheckpoint(directory)).rejects.toThrow(/checkpoints of two runs, of iterations 30 and 20: move/);
    expect((await loadCheckpoint(directory, { iteration: 20 })).run.id).toBe("ours");
    expect((await loadCheckpoint(directory, { iteration: 30 })).run.id).toBe("theirs");
  });

  it.each([
    ["ours", 25, ["00000020", "00000025"]],
    ["theirs", 35, ["00000030", "00000035"]],
  ])("does not count among the two that are kept of %s", async (id, iteration, kept) => {
    await mixed();
    await saveOf(id, iteration);
    expect(await saved()).toEqual(kept);
    expect((await loadCheckpoint(directory)).run.id).toBe(id);
  });
});

describe("a checkpoint in another format", () => {
  it.each([
    [5, /00000020 was written by a newer monge in format 5, and this version reads format 4: update monge\.$/],
    [3, /00000020 was written by an older monge in format 3, .*: use the version that wrote it\.$/],
  ])("%i is refused with the remedy, also where an older checkpoint could be read", async (format, says) => {
    await save(10);
    await edit(join(await save(20), "run.json"), '"formatVersion": 4', `"formatVersion": ${format}`);
    await expect(loadCheckpoint(directory)).rejects.toThrow(InputError);
    await expect(loadCheckpoint(directory)).rejects.toThrow(says);
  });
});

it("a mark stays while nothing is trained, and is another after each checkpoint", async () => {
  const marks = [await checkpointsMark(directory)];
  await save(10);
  marks.push(await checkpointsMark(directory), await checkpointsMark(directory));
  await saveCheckpoint(directory, 10, { tensors: tensors(10), run: run(11) });
  marks.push(await checkpointsMark(directory));
  expect(marks[1]).toBe(marks[2]);
  expect(new Set(marks).size).toBe(3);
  expect((await loadCheckpoint(directory)).run).toEqual(run(11));
});

describe("a folder without a usable checkpoint is refused", () => {
  it("when all are damaged, with every reason", async () => {
    const [first, second] = [await save(10), await save(20)];
    await rm(join(first, "run.json"));
    await rm(join(second, "state.safetensors"));
    const error = await loadCheckpoint(directory).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(
      /holds no usable checkpoint: .*00000020 was passed over: state.*; .*00000010 was passed over: run\.json/,
    );
  });

  it.each([
    ["when it does not exist", () => join(directory, "none"), "none does not exist"],
    ["when it holds no run", () => directory, "holds no checkpoint"],
  ])("%s", async (_, path, reason) => {
    await expect(loadCheckpoint(path())).rejects.toThrow(InputError);
    await expect(loadCheckpoint(path())).rejects.toThrow(reason);
  });

  it("when it is a file", async () => {
    await writeFile(join(directory, "file"), "");
    await expect(loadCheckpoint(join(directory, "file"))).rejects.toThrow(/file is a file/);
  });
});
