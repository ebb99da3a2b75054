import { describe, expect, it } from "vitest";
import { chooseLanguage } from "../../studio/src/language/choice.js";
import { en } from "../../studio/src/language/en.js";
import { list, number, percent, whole } from "../../studio/src/language/format.js";
import { zh } from "../../studio/src/language/zh.js";
import { components } from "./sources.js";

/** Every leaf of a dictionary, by its path: a string as it is, a function as the string that it makes of marks. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, value(...marks(value.length))]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

const marks = (count: number) => Array.from({ length: count }, (_, i) => `⟦${i}⟧`);
const marksIn = (text: string) => (text.match(/⟦\d⟧/g) ?? []).sort().join("");
const formulasIn = (text: string) => (text.match(/\$[^$]+\$/g) ?? []).sort().join(" ");

const english = leaves(en);
const chinese = new Map(leaves(zh));

describe("the dictionaries", () => {
  it("have the same keys, paragraph for paragraph", () => {
    expect([...chinese.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  });

  it("have no empty string, and none with space at its ends", () => {
    for (const [path, text] of [...english, ...chinese]) {
      // A number may have no unit.
      if (!path.startsWith("controls.units.")) expect(text, path).not.toBe("");
      expect(text.trim(), path).toBe(text);
    }
  });

  it("put the same values into a sentence", () => {
    for (const [path, text] of english) expect(marksIn(chinese.get(path)!), path).toBe(marksIn(text));
  });

  it("write formulas and new terms in pairs of marks, and no others", () => {
    for (const [path, text] of [...english, ...chinese]) {
      if (!/^(lessons|glossary)\./.test(path)) continue;
      expect((text.match(/\$/g) ?? []).length % 2, path).toBe(0);
      expect((text.replace(/\$[^$]+\$/g, "").match(/\*/g) ?? []).length % 2, path).toBe(0);
    }
  });

  it("speak of the same formulas", () => {
    for (const [path, text] of english) expect(formulasIn(chinese.get(path)!), path).toBe(formulasIn(text));
  });

  it("are in the languages that they say: Chinese where words are, full-width marks between them", () => {
    const same = english.filter(([path, text]) => chinese.get(path) === text).map(([, text]) => text);
    for (const text of same) expect(text, "is the same in both languages").not.toMatch(/[a-z]{4,} [a-z]{3,}/);
    for (const [path, text] of chinese) {
      expect(text, path).not.toMatch(/[一-鿿][,;:?!]|[一-鿿]\.(\s|$)|[一-鿿]\(/);
    }
  });
});

describe("the page's components", () => {
  /** Text between tags, and attributes that are read out or shown, that are written in the component itself. */
  const WRITTEN = [
    />\s*([^<>{}=;()]*[A-Za-z一-鿿]{2,}[^<>{}=;()]*)<\//g,
    /\b(?:aria-label|title|placeholder|alt)="([^"]+)"/g,
  ];

  /** Names are the same in every language. */
  const NAMES = ["Monge", "Studio"];

  it("hold no text of their own: every string that a reader sees is in the dictionaries", () => {
    const found = components().flatMap(({ path, source }) =>
      WRITTEN.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => ({ path, text: match[1]!.trim() }))),
    );
    expect(found.filter(({ text }) => !NAMES.includes(text))).toEqual([]);
  });
});

describe("the choice of a language", () => {
  const chosen = (search: string, kept: string | null, browser: string[]) => chooseLanguage({ search, kept, browser });

  it("takes the address before the earlier choice, and that before the browser", () => {
    expect(chosen("?lang=zh&seed=3", "en", ["en"])).toBe("zh");
    expect(chosen("", "zh", ["en-GB"])).toBe("zh");
    expect(chosen("", null, ["zh-Hant-TW", "en"])).toBe("zh");
  });

  it("passes over languages that the page does not have, to English in the end", () => {
    expect(chosen("?lang=xx", "klingon", ["fr-FR", "zh_CN", "en"])).toBe("zh");
    expect(chosen("", null, ["fr", "zha"])).toBe("en");
    expect(chosen("", null, [])).toBe("en");
  });
});

describe("numbers", () => {
  it("have the digits asked for, and the whole part always", () => {
    expect(number(0.025134)).toBe("0.025");
    expect(number(-1.3863, 3)).toBe("-1.39");
    expect(number(12345.6)).toBe("12,346");
    expect(number(999.96)).toBe("1,000");
    expect(number(0)).toBe("0");
    expect(number(1.94e-12)).toBe("1.9E-12");
    expect(number(-2.5e7)).toBe("-2.5E7");
  });

  it("come as counts and shares too, and what is no number says so", () => {
    expect(whole(1234567)).toBe("1,234,567");
    expect(percent(0.384)).toBe("38%");
    expect(list(["data", "seed", "batch"])).toBe("data, seed, and batch");
    expect(number(Number.NaN)).toBe("NaN");
    expect(number(Infinity)).toBe("∞");
  });
});
