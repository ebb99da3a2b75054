import { readFile } from "node:fs/promises";
import { CommanderError } from "commander";
import { afterEach, describe, expect, it, vi } from "vitest";
import { tellFailure } from "../../src/cli/failure.js";
import { InputError } from "../../src/errors.js";
import { captured } from "./captured.js";

const told = (error: unknown) => captured(async () => tellFailure(error));

/** The error that `work` throws. */
async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** What Node throws where this process may open no further file. */
const tooManyFiles = Object.assign(new Error("EMFILE: too many open files, open 'a.csv'"), {
  code: "EMFILE",
  errno: -24,
  path: "a.csv",
});

describe("a failure is told in one sentence,", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("that of bad input as it is, with the exit code 2", async () => {
    expect(await told(new InputError("this is wrong."))).toEqual({ code: 2, out: "", err: "monge: this is wrong.\n" });
    expect((await told(new InputError("so is\nthis."))).err).toBe("monge: so is\\u{a}this.\n");
  });

  it.each<[string, () => unknown]>([
    ["an array buffer", () => new ArrayBuffer(2 ** 52)],
    ["a typed array", () => new Float64Array(-1)],
    ["an array", () => Object.assign([], { length: -1 })],
    ["a string", () => "x".repeat(2 ** 30)],
    ["ONNX Runtime", () => Promise.reject(new Error("Failed to allocate memory for requested buffer of size 1"))],
    ["ONNX Runtime on Windows", () => Promise.reject(new Error("bad allocation"))],
    ["a thread", () => Promise.reject(Object.assign(new Error("heap"), { code: "ERR_WORKER_OUT_OF_MEMORY" }))],
  ])("an allocation that failed with what to make smaller: %s", async (_, work) => {
    const { code, err } = await told(await thrown(work));
    expect(err).toMatch(/^monge: there is not enough memory for this: choose a smaller width.*\.\n$/);
    expect(code).toBe(2);
  });

  it("one of the system with its reason and place", async () => {
    const missing = await told(await thrown(() => readFile("/no/such\x1bfile")));
    expect(missing).toEqual({
      code: 2,
      out: "",
      err: "monge: /no/such\\u{1b}file: no such file or directory; check the path and the system.\n",
    });
    const { code, err } = await told(tooManyFiles);
    expect(err).toBe("monge: a.csv: too many open files; close other programs, or allow more (ulimit -n).\n");
    expect(code).toBe(2);
  });

  it("an interruption and commander's own with their exit codes", async () => {
    expect((await told(new DOMException("stop", "AbortError"))).code).toBe(130);
    expect(await told(new CommanderError(1, "x", "told"))).toEqual({ code: 2, out: "", err: "" });
    expect((await told(new CommanderError(0, "commander.helpDisplayed", ""))).code).toBe(0);
  });

  it("any other as a fault of this program, whose place only MONGE_DEBUG=1 shows", async () => {
    const error = new TypeError(`x is not a function\x1b[2J ${"long ".repeat(200)}`);
    const { code, err } = await told(error);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^monge: this is a fault of monge \(TypeError: x is not a function\\u\{1b\}\[2J long .*…\): please report it/,
    );
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect(err.length).toBeLessThan(400);
    expect((await told("text")).err).toMatch(/fault of monge \(text\)/);
    vi.stubEnv("MONGE_DEBUG", "1");
    expect((await told(error)).err).toMatch(/\n {4}at .*failure\.test\.ts/);
  });
});
