import { expect, it } from "vitest";
import { OptionError } from "../../../bench/commandLine.mjs";
import { readOptions } from "../../../bench/tables/options.mjs";

it("everything, three seeds, ten minutes by default", () => {
  expect(readOptions([])).toMatchObject({
    data: ["adult", "default", "diamonds"],
    only: expect.arrayContaining(["real", "independent", "ctgan", "monge"]),
    budgets: ["time", "full"],
    seeds: 3,
    seconds: 600,
    rows: undefined,
    json: expect.stringMatching(/bench\/tables\/results\.json$/),
  });
});

it("a quick look keeps its results apart", () => {
  expect(readOptions(["--rows", "2500"]).json).toMatch(/bench\/tables\/data\/results-2500\.json$/);
});

it.for([
  { argv: ["--data", "iris"], says: /^There is no data set "iris"; the data sets are adult, default, diamonds\.$/ },
  { argv: ["--only", "gan"], says: /^There is no method "gan"; the methods are real, [^.]+\.$/ },
  { argv: ["--rows", "20"], says: /^--rows must be a whole number from 100, not "20"\.$/ },
  { argv: ["--sample", ""], says: /^--sample must be a whole number from 0, not ""\.$/ },
  { argv: ["--row", "20"], says: /^Unknown option '--row'; see npm run bench:tables -- --help\.$/ },
])("refused in one sentence: $argv", ({ argv, says }) => {
  const read = () => readOptions(argv);
  expect(read).toThrow(OptionError);
  expect(read).toThrow(says);
});
