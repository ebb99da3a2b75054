import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { namesOnDevices, participantsOnDevices, precisions } from "../../bench/participants/onDevice.mjs";

const script = fileURLToPath(new URL("../../bench/device.sh", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "monge-device-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the script where nvidia-smi finds no GPU, whatever the machine has. */
function run(...argv: string[]): Promise<{ code: number | null; err: string }> {
  const nvidia = join(folder, "nvidia-smi");
  writeFileSync(nvidia, "#!/bin/sh\nexit 9\n");
  chmodSync(nvidia, 0o755);
  const child = spawn(script, argv, { env: { ...process.env, PATH: `${folder}:${process.env.PATH}` } });
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  return new Promise((resolve, reject) => child.on("error", reject).on("close", (code) => resolve({ code, err })));
}

describe("bench/device.sh", () => {
  it("runs dry from end to end, and writes a table in which Monge agrees with itself and PyTorch's columns are empty", async () => {
    const { code, err } = await run("--dry-run", folder);
    expect(code, err).toBe(0);
    const { rows } = JSON.parse(readFileSync(join(folder, "device.json"), "utf8"));
    expect(rows).toHaveLength(2);
    for (const { peers } of rows) expect(peers["Monge, cpu"].agreement).toMatchObject({ parameters: 0, agrees: true });
    const lines = readFileSync(join(folder, "device.md"), "utf8").split("\n");
    expect(lines).toContain("|  | Monge, cpu | torch eager | torch.compile |");
    expect(lines.filter((line) => /^\| (toy|dcgan)-\S+ \| .* 1× \| {2}\| {2}\|$/.test(line))).toHaveLength(2);
  }, 240_000);

  it("says in a sentence that there is no GPU, and ends with code 2", async () => {
    expect(await run(folder)).toEqual({
      code: 2,
      err: "There is no NVIDIA GPU here (nvidia-smi finds none): bench/device.sh --dry-run needs none.\n",
    });
  });

  it("refuses an option that it does not have", async () => {
    expect(await run("--rows")).toEqual({
      code: 2,
      err: "There is no option --rows: bench/device.sh [--dry-run] [FOLDER].\n",
    });
  });
});

describe("who computes in which precision", () => {
  const machine = { devices: ["cuda", "webgpu"], libraries: "/libraries", python: "/python" };
  const namesIn = (precision: (typeof precisions)[number], more = {}) =>
    participantsOnDevices(precision, { ...machine, ...more }).map(({ name }) => name);

  it("WebGPU has no TF32, PyTorch no float16, a CPU neither", () => {
    const [cuda, webgpu, ...torch] = namesOnDevices(machine.devices);
    expect(namesIn("float32")).toEqual([cuda, webgpu, ...torch]);
    expect(namesIn("float16")).toEqual([cuda, webgpu]);
    expect(namesIn("TF32")).toEqual([cuda, ...torch]);
    expect(precisions.map((precision) => namesIn(precision, { devices: ["cpu"], python: undefined }).length)).toEqual([
      1, 0, 0,
    ]);
  });

  it("NVIDIA's libraries and PyTorch use TF32 in its rows alone, and PyTorch finds its own libraries", () => {
    for (const precision of precisions)
      for (const { name, command, environment } of participantsOnDevices(precision, machine)) {
        if (name.startsWith("torch")) expect(command.includes("--tf32")).toBe(precision === "TF32");
        else expect(environment?.NVIDIA_TF32_OVERRIDE).toBe(precision === "TF32" ? undefined : "0");
        expect(environment?.LD_LIBRARY_PATH).toBe(name.startsWith("torch") ? undefined : "/libraries");
      }
  });
});
