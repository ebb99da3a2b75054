import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { pairingNames } from "../../src/game/pairings.js";
import { constraints } from "../../src/lipschitz/index.js";
import { losses } from "../../src/losses/index.js";
import { looksOf, sharesCritic, usualStrokes } from "../../src/report/looks.js";

type Triple = readonly [number, number, number];

/** From linear light to what a dichromat sees of it (Machado, Oliveira and Fernandes 2009, severity 1), and as everybody else does. */
const EYES: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  trichromat: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

const PAPERS = ["#ffffff", "#14171c"];

const strokes = usualStrokes();

describe("the marks of pairings", () => {
  const marks = (names: readonly string[]) => looksOf(names).map(({ mark }) => mark);

  it("are those of their losses, and another where an earlier pairing has that, as long as there are any", () => {
    expect(marks(["bce", "w-gp"])).toEqual(["circle", "square"]);
    expect(marks(["w-gp", "w-gp"])).toEqual(["square", "triangle"]);
    expect(marks(["w-gp", "w-lp", "hinge"])).toEqual(["square", "diamond", "triangle"]);
    expect(new Set(marks(["w-gp", "w-lp", "w-clip", "w-sn", "bce"])).size).toBe(5);
    expect(marks(["w-gp", "w-lp", "w-clip", "w-sn", "w-none", "bce"]).slice(3)).toEqual(["cross", "square", "circle"]);
  });
});

describe("the strokes of pairings", () => {
  it("are no other's among the usual pairings, of which one without a stroke takes one that is free", () => {
    const drawn = looksOf(pairingNames()).map(({ color, dash }) => `${color} ${dash}`);
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it.each(Object.entries(strokes))("stand out from a light and a dark page: %s", (_name, { color }) => {
    for (const paper of PAPERS) expect(contrast(color, paper)).toBeGreaterThan(3);
  });

  // A colour stands alone in samples, tiles and names. As a line it has its dash pattern too.
  it.each(Object.keys(EYES))("differ in colour for a %s, all the more where they share a dash pattern", (eye) => {
    for (const [[name, a], [other, b]] of pairsOf(Object.entries(strokes))) {
      const least = eye === "trichromat" ? 0.12 : a.dash === b.dash ? 0.11 : 0.065;
      expect(distance(seenBy(eye, a.color), seenBy(eye, b.color)), `${name} and ${other}`).toBeGreaterThan(least);
    }
  });

  it("are told apart in a comparison of losses and constraints, as many as each colour has dash patterns", () => {
    const every = losses.names.flatMap((name) => constraints.names.map((constraint) => `${name}+${constraint}`));
    const looks = looksOf([...Object.keys(strokes), ...every].slice(0, 6 * Object.keys(strokes).length));
    expect(looks.length).toBeGreaterThan(50);
    for (const eye of Object.keys(EYES)) {
      for (const [a, b] of pairsOf(looks)) {
        const apart = distance(seenBy(eye, a.color), seenBy(eye, b.color)) > 0.065;
        expect(apart || a.dash !== b.dash, `${a.name} and ${b.name}`).toBe(true);
      }
    }
  });
});

describe("the look of a pairing", () => {
  it("has a label as people write it and a title in words", () => {
    const looks = looksOf(["bce-ns", "w-clip", "hinge+sn", "w-none"]);
    expect(looks.map(({ label }) => label)).toEqual(["BCE-NS", "W-clip", "Hinge+SN", "W-none"]);
    expect(looks.map(({ title }) => title)).toEqual([
      "BCE, non-saturating",
      "W-loss, weight clipping",
      "Hinge, spectral normalisation",
      "W-loss, no constraint",
    ]);
  });

  it("is the same in any company, and no other's", () => {
    expect(looksOf(["w-gp", "bce"])[0]!.color).toBe(looksOf(["hinge", "w-gp"])[1]!.color);
    const colors = looksOf(["bce", "hinge+sn", "bce+gp", "w-gp"]).map(({ color }) => color);
    expect(new Set(colors).size).toBe(4);
  });

  it("shares its critic with that of the other gradient penalty of the same loss, and with no other", () => {
    const [twoSided, oneSided, clipped, hinge] = looksOf(["w-gp", "w-lp", "w-clip", "hinge+gp"]);
    expect(sharesCritic(twoSided!, oneSided!)).toBe(true);
    expect(sharesCritic(twoSided!, clipped!)).toBe(false);
    expect(sharesCritic(twoSided!, hinge!)).toBe(false);
  });

  it("is refused for what is no pairing", () => {
    expect(() => looksOf(["w-pg"])).toThrow(InputError);
  });
});

function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((item, i) => items.slice(i + 1).map((other): [T, T] => [item, other]));
}

function linear(hex: string): Triple {
  const channel = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2's ratio. */
function contrast(a: string, b: string): number {
  const [dark, light] = [a, b].map((hex) => dot([0.2126, 0.7152, 0.0722], linear(hex)) + 0.05).sort((x, y) => x - y);
  return light! / dark!;
}

function seenBy(eye: string, hex: string): Triple {
  const light = linear(hex);
  return EYES[eye]!.map((row) => Math.max(0, dot(row, light))) as unknown as Triple;
}

/** In OKLab (Ottosson 2020), where 0.02 is about the least that can be seen side by side. */
function distance(a: Triple, b: Triple): number {
  const [p, q] = [oklab(a), oklab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

function oklab(light: Triple): Triple {
  const cones = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], light)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], light)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], light)),
  ] as const;
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ];
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
