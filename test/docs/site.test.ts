import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInChromium, openBrowser, openPage, serve } from "../studio/browser.js";
import { root } from "./blocks.js";

/** The path that the site is built for, so that it lies in a folder of its host. */
const BASE = "/monge/";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-site-"));
  const options = ["--base", BASE, "--out", join(folder, BASE)];
  await promisify(execFile)(process.execPath, [join(root, "site/build.mjs"), ...options], { cwd: root });
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));

const filesOf = (ending: string) =>
  readdirSync(join(folder, BASE), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending) && !name.startsWith("live/"))
    .map((name) => `${BASE}${name}`);

const textOf = (path: string) => readFileSync(join(folder, path), "utf8");

/** What the tags of some pages name in an attribute, each with its page. */
function named(tags: string, attribute: string): (readonly [page: string, address: string])[] {
  const pattern = new RegExp(`<(?:${tags})\\b[^>]*? ${attribute}="([^"]*)"`, "g");
  return filesOf(".html").flatMap((page) =>
    [...textOf(page).matchAll(pattern)].map(([, address = ""]) => [page, address] as const),
  );
}

it("what pages load is part of the site", () => {
  const loaded = [...named("script|img|iframe|source", "src"), ...named("link", "href")];
  expect(loaded.length).toBeGreaterThan(500);
  const missing = loaded.filter(([, address]) => !address.startsWith("data:") && !existsSync(join(folder, address)));
  expect(missing).toEqual([]);
  const styles = filesOf(".css").flatMap((path) =>
    [...textOf(path).matchAll(/url\(["']?([^"')]+)/g)].map(([, url]) => url),
  );
  expect(styles.filter((url) => !/^(data:|#|\/monge\/)/.test(url ?? ""))).toEqual([]);
});

it("links between pages lead to pages and headings", () => {
  const links = named("a", "href").filter(([, address]) => !/^\w+:/.test(address));
  expect(links.length).toBeGreaterThan(3000);
  const ids = new Map<string, Set<string | undefined>>();
  const idsOf = (page: string) => {
    const known = ids.get(page) ?? new Set([...textOf(page).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    ids.set(page, known);
    return known;
  };
  const leadsNowhere = ([page, address]: readonly [string, string]) => {
    const [path = "", anchor] = address.split("#");
    const target = path === "" ? page : path.endsWith("/") ? `${path}index.html` : path;
    if (!existsSync(join(folder, target))) return true;
    return Boolean(anchor) && !idsOf(target).has(decodeURIComponent(anchor ?? ""));
  };
  expect(links.filter(leadsNowhere).map((link) => link.join(" -> "))).toEqual([]);
});

describeInChromium("in a browser", () => {
  it("shows the home page with the Studio in it, is searched, turns dark, and asks nobody else for anything", async () => {
    const [site, browser] = await Promise.all([serve(folder), openBrowser()]);
    const { page, problems } = await openPage(browser, `${site.origin}${BASE}`);
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.origin)) foreign.push(request.url());
    });

    await page.getByRole("button", { name: "Run it here" }).click();
    await page.frameLocator("iframe").getByRole("button", { name: "Play" }).waitFor();

    await page.getByRole("button", { name: "Search" }).first().click();
    await page.getByRole("searchbox").fill("gradient penalty");
    await page.locator("#localsearch-list a", { hasText: "gradientPenalty" }).first().click();
    await page.waitForURL(/reference\/constraints\.html#gradientpenalty/);
    expect(await page.locator("h2#gradientpenalty").textContent()).toContain("gradientPenalty");

    await page.getByRole("switch").first().click();
    expect(await page.locator("html.dark").count()).toBe(1);
    expect([problems, foreign]).toEqual([[], []]);
    await browser.close();
    await site.close();
  });
});
