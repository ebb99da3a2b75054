import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { OptionError } from "../../bench/commandLine.mjs";
import { readOptions } from "../../bench/options.mjs";
import { rowNames } from "../../bench/rows.mjs";

it("by default all rows and five rounds", () => {
  expect(readOptions([])).toMatchObject({ rows: rowNames, rounds: 5, markdown: false, quiet: false, help: false });
});

it("rows and peers, each once and in their order, and a file", () => {
  const argv = ["--rows", "toy-512, toy-128,toy-512", "--peers", "JAX jit", "--json", "figures.json", "--rounds", "2"];
  const options = readOptions(argv);
  expect(options).toMatchObject({ rows: ["toy-128", "toy-512"], peers: ["JAX jit"], json: "figures.json", rounds: 2 });
});

it.for([
  { argv: ["--rows", "toy-128,toy-7"], says: /^There is no row "toy-7"; the rows are gemm, toy-128, [^.]+\.$/ },
  { argv: ["--rows", ""], says: /^There is no row ""/ },
  { argv: ["--peers", "jax"], says: /^There is no peer "jax"; the peers are torch eager, [^"]+, torch float64\.$/ },
  { argv: ["--rounds", "0"], says: /^--rounds must be a whole number from 1, not "0"\.$/ },
  { argv: ["--rounds", "1.5"], says: /^--rounds must be a whole number/ },
  { argv: ["--row", "toy-128"], says: /^Unknown option '--row'; see npm run bench -- --help\.$/ },
  { argv: ["toy-128"], says: /^Unexpected argument 'toy-128'/ },
])("refused in one sentence: $argv", ({ argv, says }) => {
  const read = () => readOptions(argv);
  expect(read).toThrow(OptionError);
  expect(read).toThrow(says);
});

it("an unknown row ends the command with code 2 and says so on standard error", async () => {
  const run = fileURLToPath(new URL("../../bench/run.mjs", import.meta.url));
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, [run, "--rows", "nonsense"], (error, out, err) =>
      resolve({ code: error?.code, out, err }),
    );
  });
  expect(ended).toEqual({ code: 2, out: "", err: expect.stringMatching(/^There is no row "nonsense"; [^\n]+\.\n$/) });
});
