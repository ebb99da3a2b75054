import { describe, expect, it } from "vitest";
import { InputError } from "../src/errors.js";
import { listed, printable, quoted } from "../src/quoting.js";

describe("text that comes from a file", () => {
  it("steers no terminal: escapes, line ends, marks that turn the direction and lone surrogates are spelt out", () => {
    expect(printable("a\x1b[31m\r\n\u202e\x9b\ud800\u2028b")).toBe(
      "a\\u{1b}[31m\\u{d}\\u{a}\\u{202e}\\u{9b}\\u{d800}\\u{2028}b",
    );
    expect(printable("größe 身高 💧")).toBe("größe 身高 💧");
    expect(new InputError("a\x1b[2Jb").message).toBe("a\\u{1b}[2Jb");
  });

  it("is quoted up to 60 characters", () => {
    expect(quoted("red")).toBe('"red"');
    expect(quoted("x".repeat(60))).toBe(`"${"x".repeat(60)}"`);
    expect(quoted("x".repeat(1e6))).toBe(`"${"x".repeat(60)}…"`);
    expect(quoted("\x1b".repeat(30))).toHaveLength(63);
  });

  it("is listed up to 180 characters, however many names there are", () => {
    expect(listed(["x", "y"])).toBe("x, y");
    expect(listed(Array.from({ length: 1e6 }, (_, i) => `column${i}`))).toHaveLength(181);
    expect(listed(["x".repeat(1e6)])).toHaveLength(181);
  });
});
