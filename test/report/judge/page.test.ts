import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { marginalsOf } from "../../../src/figures/marginals.js";
import { type JudgeResults, judgeResultsSchema, questions } from "../../../src/judge/results.js";
import { printable } from "../../../src/quoting.js";
import { pageOf } from "../../../src/report/judge/page.js";
import { sentenceOf } from "../../../src/report/judge/sentences.js";
import type { Table } from "../../../src/tables/table.js";
import { seriousFaults } from "../../studio/axe.js";
import { describeInChromium, openBrowser, openPage } from "../../studio/browser.js";
import { judgedResults, judgedTables, ODD_NAMES } from "./judgedTables.js";

const tables = judgedTables();

const markupOf = (results: JudgeResults = judgedResults()) => pageOf(results, tables);
const documentOf = (results?: JudgeResults): Document => parseHTML(markupOf(results)).document;
const all = (parent: ParentNode, selector: string): Element[] => Array.from(parent.querySelectorAll(selector));
const textOf = (element: Element) => element.textContent!.replace(/\s+/g, " ").trim();
const skipped = { skipped: "There is nothing to compare." };
const allSkipped = judgedResults({
  trend: skipped,
  detection: skipped,
  distance: skipped,
  utility: skipped,
  privacy: skipped,
});

it("the made-up results are results", () => {
  expect(judgeResultsSchema.parse(judgedResults())).toEqual(judgedResults());
});

describe("the judge's page", () => {
  it("has a tile and a section for each question, with its score in full precision and its sentence", () => {
    const results = judgedResults();
    const document = documentOf(results);
    const tiles = all(document, ".scores .tile");
    const sections = all(document, "section");
    expect(sections.map(({ id }) => id)).toEqual([...questions]);
    questions.forEach((question, i) => {
      const answer = results[question];
      if ("skipped" in answer) throw new Error("all are answered");
      const { synthetic, independent, real } = answer.score;
      const expected = [synthetic.value, independent.value, real.value].map(String);
      const shown = (place: Element) => all(place, ".big data, .key data").map((data) => data.getAttribute("value"));
      expect(shown(tiles[i]!)).toEqual(expected);
      expect(shown(sections[i]!)).toEqual(expected);
      expect(tiles[i]!.querySelector("a")!.getAttribute("href")).toBe(`#${question}`);
      expect(textOf(sections[i]!)).toContain(printable(sentenceOf(results, question)).replace(/\s+/g, " "));
      expect(sections[i]!.querySelector(".advice")).not.toBeNull();
    });
  });

  it("shows every column, the worst first, with the shares of its categories and what is missing", () => {
    const cards = all(documentOf(), "#shape .card");
    expect(cards.map((card) => textOf(card.querySelector("h3")!))).toEqual(
      tables.real.columns.map(({ name }) => printable(name)),
    );
    const marginals = marginalsOf(tables.real, tables.synthetic);
    const sex = cards.find((card) => textOf(card.querySelector("h3")!) === "sex")!;
    const marginal = marginals.find(({ name }) => name === "sex")!;
    if (marginal.kind !== "categories") throw new Error("categories");
    expect(
      all(sex, "data")
        .slice(1)
        .map((data) => Number(data.getAttribute("value"))),
    ).toEqual([...marginal.bars, marginal.missing].flatMap(({ real, synthetic }) => [real, synthetic]));
    expect(all(sex, "tbody th").map(textOf)).toEqual(["Female", "Male", "missing"]);
    const gain = cards.find((card) => textOf(card.querySelector("h3")!) === "gain")!;
    expect(textOf(gain)).toContain("exactly 0");
  });

  it("shows dates as dates and times of day as such", () => {
    const cards = all(documentOf(), "#shape .card");
    const axis = (name: string) =>
      textOf(cards.find((card) => textOf(card.querySelector("h3")!) === name)!.querySelector("svg")!);
    expect(axis("joined")).toMatch(/2021.*2022.*2023/);
    expect(axis("at")).toMatch(/09:00.*12:00/);
  });

  it("marks the cells in which a synthetic row differs from the real one next to it", () => {
    const [copy, other] = all(documentOf(), "#privacy .card");
    expect(textOf(copy!.querySelector("h4")!)).toBe("A copy");
    expect(copy!.querySelectorAll("mark").length).toBe(0);
    const rows = all(other!, "tbody tr");
    const differing = rows.filter((row) => row.querySelector("mark") !== null);
    expect(differing.length).toBeGreaterThan(0);
    for (const row of rows) {
      const [synthetic, real] = all(row, "td").map(textOf);
      expect(row.querySelector("mark") === null).toBe(synthetic === real);
    }
  });

  it("says why a question was not answered, and leaves out its pictures", () => {
    const document = documentOf(allSkipped);
    for (const question of questions.slice(1)) {
      const section = document.querySelector(`#${question}`)!;
      expect(textOf(section)).toContain(skipped.skipped);
      expect(section.querySelector("svg, table, .advice")).toBeNull();
    }
    expect(all(document, ".scores .level").map(textOf).slice(1)).toEqual(Array(5).fill("not answered"));
  });

  it("shows names and texts of the data as they are, and never runs them", () => {
    const markup = markupOf(judgedResults({ notes: ODD_NAMES }));
    const { document } = parseHTML(markup);
    expect(document.querySelectorAll("script, b > b").length).toBe(0);
    expect(markup.includes("\u001b")).toBe(false);
    for (const name of ODD_NAMES) expect(textOf(document.body)).toContain(printable(name));
  });

  it("needs no other file and no network", () => {
    const page = markupOf();
    expect(page).not.toMatch(/https?:\/\/|@import|url\(/);
    const loaded = [...page.matchAll(/\b(?:src|href|srcset)\s*=\s*"([^"]*)"/g)].map(([, url]) => url!);
    expect(loaded.filter((url) => !url.startsWith("#"))).toEqual([]);
  });

  const { trend } = judgedResults();
  const alone: Table = { ...tables.real, columns: tables.real.columns.slice(0, 1) };
  const others: [name: string, page: string][] = [
    ["all questions", markupOf()],
    ["only shape", markupOf(allSkipped)],
    ["a holdout", markupOf(judgedResults({ holdout: { name: "later.csv", rows: 40 } }))],
    ["no resamples", markupOf(judgedResults({ bootstrap: 0 }))],
    ["one column", pageOf(allSkipped, { ...tables, real: alone, synthetic: alone })],
    [
      "no pairs",
      markupOf(judgedResults({ trend: { ...(trend as Exclude<typeof trend, typeof skipped>), pairs: [] } })),
    ],
  ];
  it.each(others)("can be made of %s, and says no nonsense", (_, page) => {
    expect([...page.matchAll(/.{0,40}(NaN|undefined|Infinity|\[object).{0,40}/g)].map(([found]) => found)).toEqual([]);
  });

  it("tells those who do not see a picture what it shows", () => {
    // A picture of several parts is one picture.
    const drawn = all(documentOf(), "svg").filter((svg) => svg.parentElement!.closest("svg") === null);
    expect(drawn.length).toBeGreaterThan(10);
    for (const svg of drawn) expect(svg.getAttribute("aria-label")).toMatch(/\w{3}/);
  });
});

describeInChromium("the judge's page in a browser", () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-judge-"));
    await writeFile(join(folder, "page.html"), markupOf());
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ["light", { viewport: { width: 1200, height: 900 } }],
    ["dark", { viewport: { width: 1200, height: 900 }, colorScheme: "dark" }],
    ["narrow", { viewport: { width: 320, height: 640 } }],
  ] as const)(
    "%s: has no fault of accessibility, no error, and nothing wider than the window",
    { timeout: 60_000 },
    async (_, options) => {
      const { page, problems } = await openPage(browser, `file://${join(folder, "page.html")}`, options);
      expect(await seriousFaults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        options.viewport.width,
      );
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  it("is walked through with the keyboard", { timeout: 60_000 }, async () => {
    const { page } = await openPage(browser, `file://${join(folder, "page.html")}`);
    const visited: (string | null)[] = [];
    for (let i = 0; i < 7; i++) {
      await page.keyboard.press("Tab");
      visited.push(await page.evaluate(() => document.activeElement!.getAttribute("href")));
    }
    expect(visited).toEqual(expect.arrayContaining(questions.map((question) => `#${question}`)));
    await page.close();
  });
});
