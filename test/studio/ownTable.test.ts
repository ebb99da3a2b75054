import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordsOf, sampleRows } from "../../src/runs/sampleRows.js";
import { loadRun } from "../../src/runs/savedRun.js";
import { seriousFaults } from "./axe.js";
import { describeInChromium, type OpenPage, openBrowser, openPage, type Site, serve } from "./browser.js";
import { type BuiltPage, buildStudio } from "./buildPage.js";

/** A table as a German spreadsheet writes it: semicolons, decimal commas, days first, quotes, gaps, and names of people. */
function people(): string {
  const names = ["Anna Berg", "Jan de Vries", "Maria Rossi", "Tom Hill", "Eva Klein", "Luis Costa"];
  const rows = Array.from({ length: 300 }, (_, row) => {
    const age = 20 + ((row * 37) % 50);
    const city = row % 3 === 0 ? '"Köln; Mitte"' : row % 3 === 1 ? "Bonn" : "Ulm";
    const day = `${String(1 + (row % 28)).padStart(2, "0")}.0${1 + (row % 9)}.20${10 + (row % 12)}`;
    return [
      `${names[row % 6]} ${String.fromCharCode(65 + (row % 26))}.`,
      row % 10 === 0 ? "" : age,
      city,
      `${(age * 31.37).toFixed(2).replace(".", ",")}`,
      day,
    ].join(";");
  });
  return `full_name;age;city;income;since\n${rows.join("\n")}\n`;
}

describeInChromium("a table of the reader's own", () => {
  let built: BuiltPage;
  let site: Site;
  let proxy: Server;
  let browser: Browser;
  let tab: OpenPage;
  let folder: string;
  /** What this site's own server was asked, and what any other was: a proxy gets all that does not go to this machine. */
  const asked = { here: [] as string[], elsewhere: [] as string[] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-own-table-"));
    proxy = createServer((request, response) => {
      asked.elsewhere.push(request.url ?? "");
      response.writeHead(502).end();
    });
    proxy.on("connect", (request, socket) => {
      asked.elsewhere.push(request.url ?? "");
      socket.end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    [built, browser] = await Promise.all([
      buildStudio(),
      // The browser itself would ask its maker what fields of forms are called.
      openBrowser(["--disable-gpu", "--disable-features=AutofillServerCommunication"]),
    ]);
    // Any host of files: it sends no policy of what the page may ask of others.
    site = await serve(built.folder, { onRequest: (path) => asked.here.push(path) });
    tab = await openPage(browser, `${site.origin}/?view=table`, {
      viewport: { width: 1280, height: 900 },
      locale: "en-GB",
      acceptDownloads: true,
      proxy: { server: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, bypass: "127.0.0.1" },
    });
    await tab.page.getByText("All that is needed is loaded").waitFor();
    asked.here.length = 0;
    asked.elsewhere.length = 0;
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    proxy.close();
    await built.remove();
    await rm(folder, { recursive: true });
  });

  const button = (name: string) => tab.page.getByRole("button", { name, exact: true });
  const drop = (page: Page, name: string, text: string) =>
    page.evaluate(
      ([name, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text!], name!));
        document.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      },
      [name, text],
    );
  async function kept(press: string): Promise<Buffer> {
    const [download] = await Promise.all([
      tab.page.waitForEvent("download") as Promise<Download>,
      button(press).click(),
    ]);
    return readFile(await download.path());
  }

  it("is read as the command line reads it; a type can be changed, and one that cannot be is refused", async () => {
    const { page } = tab;
    await drop(page, "people.csv", people());
    await page.getByText("300 rows, 5 columns").waitFor();
    const taken = (column: string) => page.getByLabel(`What ${column} is taken for`);
    expect(await taken("full_name").inputValue()).toBe("text");
    expect(await page.getByText("personal: made up anew").count()).toBe(1);
    expect(await taken("age").inputValue()).toBe("integer");
    expect(await taken("city").inputValue()).toBe("category");
    expect(await taken("income").inputValue()).toBe("decimal");
    expect(await taken("since").inputValue()).toBe("date");
    await taken("city").selectOption("date");
    await page.getByText('Column "city" cannot be read as date').waitFor();
    await taken("since").selectOption("drop");
    await page.locator("tr.left-out").waitFor();
    expect(await taken("city").inputValue()).toBe("category");
    await taken("age").selectOption("decimal");
    await page.getByText("numbers from 21").waitFor();
  });

  it("trains, shows figures meanwhile, makes rows under conditions, and gives all away", async () => {
    const { page } = tab;
    await page.getByLabel("Time").selectOption("30");
    await button("Train").click();
    await page.getByRole("heading", { name: "Synthetic rows after 0 iterations" }).waitFor();
    for (const heading of ["Each column", "Pairs of columns"])
      expect(await page.getByRole("heading", { name: heading }).isVisible()).toBe(true);
    expect(await page.locator(".table-tiles dt").allTextContents()).toEqual([
      "Shape",
      "Trend",
      "Detection, area under ROC",
      "Privacy",
    ]);
    await button("Pause").click();
    await page.getByText("Paused.").waitFor();
    await button("Go on").click();
    // A second press on what began it does nothing.
    await button("Train").click({ force: true });
    expect(await button("Pause").isVisible()).toBe(true);
    await button("Finish now").click();
    await page.getByText(/^Trained for/).waitFor();
    await page.getByLabel("Only where").selectOption("city");
    await page.getByLabel("Values").fill("Bern");
    await button("Add condition").click();
    await page.getByText(/There is no city "Bern"/).waitFor();
    await page.getByLabel("Values").fill("Bonn,Ulm");
    await page.getByLabel("Rows", { exact: true }).fill("50");
    // A condition that is written and was not added counts as well.
    await button("Make rows").click();
    await page.getByText("The first 20 of 50 synthetic rows").waitFor();

    const [header, ...lines] = (await kept("Save CSV")).toString().trimEnd().split("\n");
    expect(header).toBe("full_name,age,city,income");
    expect(lines).toHaveLength(50);
    for (const line of lines) expect(line).toMatch(/,(Bonn|Ulm),/);
    expect(lines.join()).not.toContain("Anna Berg");

    await page.getByLabel("Only where").selectOption("income");
    await page.getByLabel("Values").fill(">3000");
    await button("Make rows").click();
    await page.getByText(/">3000" is not a value of "income"/).waitFor();
    expect(await button("Save CSV").isDisabled()).toBe(true);

    const report = (await kept("Save report")).toString();
    expect(report).toContain("people.csv");
    expect(report).not.toMatch(/(src|href)="https?:/);

    for (const [name, bytes] of Object.entries(unzipSync(await kept("Save model")))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
    const run = await loadRun(join(folder, "people"));
    const records = await recordsOf(await sampleRows(run, 30, { seed: 1, where: ["city=Ulm"], workers: 0 }));
    expect(records).toHaveLength(30);
    expect(new Set(records.map(({ city }) => city))).toEqual(new Set(["Ulm"]));
  });

  it("asks before what was trained is lost, and keeps the table that is open when another cannot be read", async () => {
    const { page } = tab;
    const asks: string[] = [];
    page.on("dialog", (dialog) => {
      asks.push(dialog.type());
      void dialog.dismiss();
    });
    // Rows and model were saved.
    await drop(page, "letter.csv", "");
    await page.getByText("letter.csv is empty").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("people.csv stays open.");
    await page.getByLabel("Time").selectOption("30");
    await button("Train").click();
    await page.getByRole("heading", { name: "Synthetic rows after 0 iterations" }).waitFor();
    await page.reload({ timeout: 1000 }).catch(() => {});
    await button("Finish now").click();
    await page.getByText(/^Trained for/).waitFor();
    await drop(page, "other.csv", people());
    await expect.poll(() => asks).toEqual(["beforeunload", "confirm"]);
    expect(await page.getByRole("heading", { name: "Columns of people.csv" }).isVisible()).toBe(true);
  });

  it("has no serious faults of accessibility, and nothing went wrong in the page", async () => {
    expect(await seriousFaults(tab.page)).toEqual([]);
    expect(tab.problems).toEqual([]);
  });

  it("left the tab by no request: none was made since the page had loaded", async () => {
    expect(asked).toEqual({ here: [], elsewhere: [] });
    // Both would have been seen.
    await tab.page.evaluate(() =>
      Promise.allSettled([fetch("/here.txt"), fetch("http://elsewhere.test/", { mode: "no-cors" })]),
    );
    expect(asked).toEqual({ here: ["/here.txt"], elsewhere: ["http://elsewhere.test/"] });
  });
});
