import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main as coneCritic } from "../../examples/coneCritic.js";
import { main as customers } from "../../examples/customers.mjs";
import { main as exactTransport } from "../../examples/exactTransport.js";
import { main as exportAndRun } from "../../examples/exportAndRun.js";
import { main as gaussians } from "../../examples/gaussians.js";
import { main as gradientOfGradient } from "../../examples/gradientOfGradient.js";
import { main as ownNetworkAndLoss } from "../../examples/ownNetworkAndLoss.js";
import { main as trainOnCsv } from "../../examples/trainOnCsv.js";
import { readCells } from "../../src/data/sources/cells.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { readTable } from "../../src/tables/readTable.js";
import { reshapingOf } from "../../src/tables/reshaping.js";

let printed: string[];

beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((...words: unknown[]) => void printed.push(words.join(" ")));
});

afterEach(() => vi.restoreAllMocks());

describe("the examples run, shorter than by default, and show what they say", () => {
  it("gaussians: a row for each evaluation, and samples that come nearer to the data", async () => {
    const history = await gaussians(6);
    expect(history.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(printed).toHaveLength(1 + history.length);
    expect(Number(history.at(-1)!.figures.emd)).toBeLessThan(Number(history[0]!.figures.emd));
  });

  it("cone critic: samples that come nearer to the data, and no slope above 1", async () => {
    const history = await coneCritic(5);
    expect(printed).toHaveLength(1 + history.length);
    expect(Number(history.at(-1)!.figures.emd)).toBeLessThan(Number(history[0]!.figures.emd));
    for (const { figures } of history) expect(figures.slopeMax).toBeLessThan(1 + 1e-5);
  });

  it("own network and loss: the maxout critic is trained by the loss with drift", async () => {
    const { iteration, figures } = await ownNetworkAndLoss(20);
    const parametersOfCritic = 2 * (2 * 64 + 64) + 2 * (64 * 64 + 64) + (64 + 1);
    expect(printed[0]).toBe(`critic: ${parametersOfCritic} parameters`);
    expect(iteration).toBe(20);
    for (const figure of [figures.emd, figures.wassersteinEstimate]) expect(figure).toSatisfy(Number.isFinite);
  });

  it("gradient of a gradient: exact values for x^3, and a penalty's gradient that finite differences confirm", async () => {
    const { exact, numerical } = await gradientOfGradient();
    expect(printed.slice(0, 3).map((line) => line.split(": ")[1])).toEqual(["1 8 27", "3 12 27", "6 12 18"]);
    for (const [i, value] of exact.entries()) {
      expect(Math.abs(value)).toBeGreaterThan(0.01);
      // Central differences of step 1/128 are off by the third derivative times 1e-5, and by rounding of 1e-5.
      expect(Math.abs(value - numerical[i]!)).toBeLessThan(1e-3);
    }
  });

  it("exact transport: the cost of a shift by 3, which the certificate proves", async () => {
    const { cost, certificate, plan } = await exactTransport(200);
    // The shift alone costs 3; samples of 200 points differ by about 0.1 in their means.
    expect(Math.abs(cost - 3)).toBeLessThan(0.5);
    expect(certificate.dualityGap).toBeLessThan(1e-9);
    expect(plan.mass).toHaveLength(200);
  });

  it("customers: personal data and gaps as real files have them, and rows that keep the rules of the tutorial", async () => {
    const folder = mkdtempSync(join(tmpdir(), "monge-customers-"));
    const path = join(folder, "customers.csv");
    await customers(400, path);
    const cells = await readCells(path);
    rmSync(folder, { recursive: true });
    const rules = ["total = price * seats", "signup <= last_seen"];
    const { schema } = inferSchema(cells, { rules, together: [["country", "city"]] });
    const column = (name: string) => schema.columns.find((one) => one.name === name);
    expect(column("id")).toMatchObject({ type: "identifier" });
    expect(column("name")).toMatchObject({ type: "text", about: "name" });
    expect(column("email")).toMatchObject({ type: "text", about: "email" });
    expect(column("notes")).toMatchObject({ type: "text", about: "free" });
    expect(column("last_seen")).toMatchObject({ type: "date", missing: [""] });
    // A rule that a row breaks is refused here; these two leave nothing to be drawn again.
    expect(reshapingOf(schema, readTable(cells, schema)).enforced).toEqual([]);
  });

  it("training on a CSV file: generated rows in the table's own units", async () => {
    const { real, generated } = await trainOnCsv(20);
    expect(printed[0]).toBe("columns: height, weight");
    expect(Math.abs(real.means[0] - 172)).toBeLessThan(2);
    expect(Math.abs(real.correlation - 0.71)).toBeLessThan(0.1);
    // Standardised numbers would lie near 0.
    expect(Math.abs(generated.means[0] - 172)).toBeLessThan(40);
  });

  it("export: the file makes the samples that the library makes", async () => {
    expect(await exportAndRun(3)).toBeLessThan(1e-6);
    expect(printed).toHaveLength(6);
  });

  it("are all here", () => {
    const test = readFileSync(new URL(import.meta.url), "utf8");
    for (const file of readdirSync(new URL("../../examples", import.meta.url)))
      expect(test).toContain(`"../../examples/${file.replace(".ts", ".js")}"`);
  });
});
