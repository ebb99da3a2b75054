import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Locked {
  readonly dev?: true;
  readonly license?: string;
}

const PERMISSIVE = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "Unlicense"];

/** libvips, which sharp loads as a shared library that anyone may replace, as the LGPL asks. */
const SHARED_LIBRARY = /^node_modules\/@img\/sharp-/;

const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"),
);
/** Each package that a user's installation may hold, on any system. */
const installed = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);

/** Those of its licences that are not permissive; an expression of alternatives counts by all of them. */
const strangeIn = ({ license = "none" }: Locked) =>
  license.split(/ AND | OR |[()]/).filter((name) => name !== "" && !PERMISSIVE.includes(name));

it("what users install is under permissive licences, but for the shared library of sharp", () => {
  const strange = installed.flatMap(([path, locked]) => strangeIn(locked).map((licence) => ({ path, licence })));
  expect(installed.length).toBeGreaterThan(100);
  expect(strange.filter(({ path }) => !SHARED_LIBRARY.test(path))).toEqual([]);
  expect(new Set(strange.map(({ licence }) => licence))).toEqual(new Set(["LGPL-3.0-or-later"]));
});

it("another licence would be found", () => {
  expect(strangeIn({ license: "(MIT OR GPL-3.0-only)" })).toEqual(["GPL-3.0-only"]);
  expect(strangeIn({})).toEqual(["none"]);
});
