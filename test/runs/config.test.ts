import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ring } from "../../src/data/points.js";
import { constraints, defineConstraint, noConstraint } from "../../src/lipschitz/index.js";
import { compare } from "../../src/runs/compare.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { defaultText } from "../../src/runs/recipes.js";
import { unusedSettings } from "../../src/runs/unusedSettings.js";

const data = ring();
const resolved = (settings: Partial<RunSettings> = {}) =>
  resolveConfig({ data: "ring", loss: "w-gp", ...settings }, data);

constraints.add(
  defineConstraint({
    name: "config-test",
    title: "none",
    summary: "Has a lambda of its own.",
    slope: "free",
    isPenalty: false,
    settings: z.object({ lambda: z.number().default(7) }),
    make: noConstraint,
  }),
);
afterAll(() => expect(constraints.wasAdded("config-test") && !constraints.wasAdded("gp")).toBe(true));

describe("a configuration", () => {
  it("has the settings of its parts, and says of others that they have no effect", () => {
    expect(resolved()).toMatchObject({ lambda: 0.3, beta1: 0, width: 128 });
    expect(resolved()).not.toHaveProperty("clip");
    const given = { data: "ring", loss: "bce", lambda: 1, optimizer: "rmsprop", beta2: 0.5 };
    expect(unusedSettings(given, resolved(given))).toEqual([
      "lambda has no effect here: it is a setting of the Lipschitz constraints gp, lp and config-test.",
      "beta2 has no effect here: it is a setting of the optimizers adam and adamw.",
    ]);
  });

  it("has iterations for epochs, of data that has rows, and not beside iterations", () => {
    const rows = { ...data, size: 1001 };
    const iterations = (settings: Partial<RunSettings>, of = rows) =>
      resolveConfig({ data: "ring", loss: "w-gp", batch: 100, ...settings }, of).iterations;
    expect([1, 2, 10].map((epochs) => iterations({ epochs }))).toEqual([11, 21, 101]);
    expect(iterations({ epochs: 3, batch: 5000 })).toBe(3);
    expect(resolveConfig({ data: "ring", loss: "w-gp", epochs: 2 }, rows)).not.toHaveProperty("epochs");
    for (const epochs of [0, -1, 1.5, 1e300, Number.NaN])
      expect(() => iterations({ epochs })).toThrow(/^epochs cannot be .*\.$/);
    expect(() => iterations({ epochs: 2, iterations: 5 })).toThrow(/^iterations and epochs both say/);
    expect(() => iterations({ epochs: 2 }, data)).toThrow(/has no epochs: give iterations/);
    expect(unusedSettings({ data: "ring", loss: "w-gp", epochs: 2 }, resolved())).toEqual([]);
  });

  it("has other defaults for a table without a prior", () => {
    const table = { kind: "table", size: 1000 } as const;
    const of = (settings: object) => resolveConfig({ data: "rows.csv", loss: "w-gp", ...settings }, table);
    expect(of({})).toMatchObject({ prior: 500, generatorRate: 1e-4, iterations: 1000 });
    expect(of({ prior: 100 })).toMatchObject({ generatorRate: 1e-4, iterations: 1000 });
    expect(of({ prior: 0 })).toMatchObject({ generatorRate: null, iterations: 8000, latent: 128 });
    expect(of({ prior: 0, iterations: 50 }).iterations).toBe(50);
    expect(resolved({ network: "mlp" }).iterations).toBe(6000);
  });

  it("is conditional where images were opened with their labels, and says so for good", () => {
    const condition = { name: "class", categories: ["a", "b"], shape: [2] };
    const images = { kind: "images", size: 100, fields: { sample: { shape: [28, 28, 1] } } } as const;
    const labelled = { ...images, fields: { ...images.fields, condition } };
    const of = (data: typeof images | typeof labelled, settings: Partial<RunSettings> = {}) =>
      resolveConfig({ data: "pictures", loss: "w-gp", ...settings }, data).conditional;
    expect([of(labelled), of(images), resolved().conditional]).toEqual([true, false, false]);
    expect(of(images, { conditional: true })).toBe(true);
    expect(defaultText("conditional")).toBe(
      "false for points, true for images and tables; for images without labels false",
    );
  });

  it("takes a default of the part's own before that of the recipes", () => {
    expect(resolved({ loss: "w-config-test" }).lambda).toBe(7);
  });

  it("names a setting that there is not, and refuses one that none of its owners could have", () => {
    const misspelt = { seed: 0, lamda: 1 };
    expect(() => resolved(misspelt)).toThrow('There is no setting called "lamda". Did you mean lambda?');
    expect(() => resolved({ loss: "bce", clip: -1 })).toThrow("clip cannot be -1: it must be above 0.");
    expect(() => resolved({ network: "mpl" })).toThrow('There is no network called "mpl". Did you mean mlp?');
  });

  it("with a part that was added in this thread is not sent to another", async () => {
    const choice = { data: "ring", losses: ["w-config-test"], seeds: [0], workers: 1 };
    await expect(compare(choice)).rejects.toThrow(/"config-test" was added in this thread.*workers: 0\.$/);
  });
});
