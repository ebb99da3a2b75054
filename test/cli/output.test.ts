import { expect, it } from "vitest";
import { print, printJson, tell } from "../../src/cli/output.js";
import { statusLine } from "../../src/cli/status.js";
import { factsTable } from "../../src/cli/table.js";
import { warn } from "../../src/cli/warn.js";
import { captured } from "./captured.js";

/** Clears the screen, rings, goes to a new line, takes C1's short form of an escape, turns the direction, and deletes. */
const HOSTILE = "a\x1b[2J\x07\nb\x9b31m\u202ec\x7f\u2028\u{e0001}";
const HARMLESS = "a\\u{1b}[2J\\u{7}\\u{a}b\\u{9b}31m\\u{202e}c\\u{7f}\\u{2028}\\u{e0001}";

const written = (work: () => void) =>
  captured(async () => {
    work();
    return 0;
  });

it("a message and a warning are one line that steers no terminal", async () => {
  expect((await written(() => tell(HOSTILE))).err).toBe(`${HARMLESS}\n`);
  expect((await written(() => warn([HOSTILE, "x"]))).err).toBe(`monge: ${HARMLESS}\nmonge: x\n`);
});

it("printed text keeps its lines and nothing else, and a table has none that a name brings", async () => {
  expect((await written(() => print(`x\n${HOSTILE}`))).out).toBe(`x\n${HARMLESS.replace("\\u{a}", "\n")}\n`);
  const { out } = await written(() => print(factsTable([["na\nme", "val\x1bue"]])));
  expect(out).toContain("na\\u{a}me");
  expect(out).toContain("val\\u{1b}ue");
});

it("JSON is the same value, and steers no terminal", async () => {
  const value = { [HOSTILE]: [HOSTILE, 1, null], plain: "größe 身高 💧 \\u0041" };
  const { out } = await written(() => printJson(value));
  expect(JSON.parse(out)).toEqual(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(out.replaceAll("\n", "")).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u202e\u{e0001}]/u);
  expect(out).toContain("größe 身高 💧");
});

it("a line of progress steers no terminal either", async () => {
  const clock = performance.now;
  let now = 0;
  performance.now = () => now;
  try {
    const { err } = await written(() => {
      const status = statusLine(false);
      now = 1e6;
      status.say(HOSTILE);
    });
    expect(err).toBe(`${HARMLESS}\n`);
  } finally {
    performance.now = clock;
  }
});
