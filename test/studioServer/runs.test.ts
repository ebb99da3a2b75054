import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { InputError } from "../../src/errors.js";
import type { Evaluation } from "../../src/metrics/metric.js";
import { followable, resultsText } from "../../src/report/index.js";
import type { RunSettings } from "../../src/runs/config.js";
import type { Results, RunResult } from "../../src/runs/results.js";
import { newRun } from "../../src/runs/run.js";
import { resultsOf, runResult } from "../../src/runs/runResult.js";
import { trainRun } from "../../src/runs/trainRun.js";
import { openNamedRuns } from "../../src/studioServer/namedRun.js";
import type { RunEntry, RunView } from "../../src/studioServer/protocol.js";
import { type StudioServer, startStudioServer } from "../../src/studioServer/server.js";
import { ask } from "./exchange.js";

const tiny: RunSettings = {
  data: "ring",
  loss: "w-gp",
  width: 8,
  depth: 1,
  batch: 16,
  iterations: 6,
  evaluateEvery: 3,
  checkpointEvery: 100,
};
let folder: string;
const servers: StudioServer[] = [];
const at = (...names: string[]) => join(folder, ...names);

/** A server of these names. */
async function serve(...names: string[]): Promise<string> {
  const server = await startStudioServer({ runs: await openNamedRuns(names), folder: at("page") });
  servers.push(server);
  return server.address;
}

async function json<T>(address: string, path: string): Promise<T> {
  const { status, body, headers } = await ask(address, path);
  expect({ status, type: headers["content-type"] }).toEqual({ status: 200, type: "application/json" });
  return JSON.parse(body) as T;
}
const view = (address: string, index = 0) => json<RunView>(address, `/api/runs/${index}.json`);
const list = async (address: string) => (await json<{ runs: RunEntry[] }>(address, "/api/runs.json")).runs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-studio-runs-"));
  await mkdir(at("page"));
  await writeFile(at("page/index.html"), "page");
  for await (const _ of trainRun(await newRun(tiny, at("run")))) {
  }
  const history = JSON.parse(await readFile(at("run/history.json"), "utf8")) as Evaluation[];
  const about = { loss: "w-gp", seed: 0, iterations: 6, seconds: 1, stopped: null };
  await mkdir(at("compared/pictures"), { recursive: true });
  const results = resultsText(resultsOf("ring", [runResult(about, history)]));
  await writeFile(at("compared/results.json"), results);
  await writeFile(at("results of mine.json"), results);
  for (const name of ["overview", "samples-w-gp", "critic-slope"])
    await writeFile(at(`compared/pictures/${name}.png`), name);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

describe("a run that is still training", () => {
  it("is followed: each evaluation is there as soon as it is written, and then how it ended", async () => {
    let address: string | undefined;
    const seen: string[] = [];
    for await (const event of trainRun(await newRun(tiny, at("live")))) {
      address ??= await serve(at("live"));
      if (event.type === "step") continue;
      const { state, progress, results } = await view(address);
      const iterations = results?.runs[0]?.history.map(({ iteration }) => iteration) ?? null;
      seen.push(`${event.type}: ${state}, ${progress?.iteration}/${progress?.iterations}, ${iterations}`);
    }
    expect(seen).toEqual([
      "start: training, 0/6, null",
      "evaluation: training, 0/6, 0",
      "evaluation: training, 3/6, 0,3",
      "evaluation: training, 6/6, 0,3,6",
      "checkpoint: training, 6/6, 0,3,6",
      "end: finished, 6/6, 0,3,6",
    ]);
  });

  it("so is a comparison, with the runs that have been evaluated, and without the pictures of an older one", async () => {
    await cp(at("compared"), at("comparing"), { recursive: true });
    const { results } = (await view(await serve(at("compared")))) as { results: Results };
    const [run] = results.runs as [RunResult];
    const address = await serve(at("comparing"));
    const seen = async () => {
      const { state, progress, results, pictures } = await view(address);
      return { state, progress, runs: results?.runs.length ?? null, pictures: pictures.length };
    };
    const pictures = 2;
    expect(await seen()).toEqual({ state: "finished", progress: null, runs: 1, pictures });
    await followable(at("comparing"), async (tell) => {
      tell({ iterations: 20, results: { ...results, runs: [] } });
      const progress = { iteration: 0, iterations: 20 };
      await vi.waitFor(async () =>
        expect(await seen()).toEqual({ state: "training", progress, runs: null, pictures: 0 }),
      );
      tell({ iterations: 20, results: { ...results, runs: [run, { ...run, seed: 1, iterations: 3 }] } });
      await vi.waitFor(async () =>
        expect(await seen()).toEqual({
          state: "training",
          progress: { ...progress, iteration: 9 },
          runs: 2,
          pictures: 0,
        }),
      );
    });
    expect(await seen()).toEqual({ state: "finished", progress: null, runs: 1, pictures });
    const stop = followable(at("comparing"), async (tell) => {
      tell({ iterations: 20, results: { ...results, runs: [] } });
      throw new Error("stop");
    });
    await expect(stop).rejects.toThrow("stop");
    expect(await seen()).toMatchObject({ state: "stopped", runs: null, pictures: 0 });
    await rm(at("comparing/results.json"));
    expect((await view(await serve(at("comparing")))).state).toBe("stopped");
  });

  it("is sent again only when something has changed", async () => {
    await cp(at("run"), at("changing"), { recursive: true });
    const address = await serve(at("changing"));
    for (const path of ["/api/runs.json", "/api/runs/0.json"]) {
      const first = await ask(address, path);
      const sent = { headers: { "if-none-match": String(first.headers.etag) } };
      expect(await ask(address, path, sent)).toMatchObject({ status: 304, body: "" });
      const status = JSON.parse(await readFile(at("changing/status.json"), "utf8"));
      await writeFile(at("changing/status.json"), JSON.stringify({ ...status, iterations: status.iterations + 1 }));
      const again = await ask(address, path, sent);
      expect(again.status).toBe(200);
      expect(again.body).not.toBe(first.body);
      expect(again.headers["cache-control"]).toBe("no-store");
    }
  });
});

describe("what is told", () => {
  it("of a run: settings, figures as the command line has them, evaluations; by the name that was given", async () => {
    const name = relative(process.cwd(), at("run"));
    const address = await serve(name, at("compared"), at("results of mine.json"), name);
    expect(await list(address)).toEqual([
      { name, kind: "run", state: "finished", progress: { iteration: 6, iterations: 6 } },
      { name: at("compared"), kind: "comparison", state: "finished", progress: null },
      { name: at("results of mine.json"), kind: "comparison", state: "finished", progress: null },
    ]);
    const { settings, results, message, pictures } = await view(address);
    expect(settings).toMatchObject({ ...tiny, network: "mlp" });
    expect({ message, pictures }).toEqual({ message: null, pictures: [] });
    const compared = JSON.parse(await readFile(at("compared/results.json"), "utf8"));
    expect(results?.runs[0]?.history).toEqual(compared.runs[0].history);
    expect(results?.runs[0]).toMatchObject({
      loss: "w-gp",
      seed: 0,
      iterations: 6,
      figures: compared.runs[0].figures,
    });
    expect((await view(address, 1)).results).toEqual(compared);
    expect((await view(address, 2)).results).toEqual(compared);
  });

  it("of pictures: samples by iteration and at the end, and what a report shows that the page does not draw itself", async () => {
    await cp(at("run"), at("images"), { recursive: true });
    await mkdir(at("images/samples"));
    await writeFile(at("secret.png"), "secret");
    await symlink(at("secret.png"), at("images/samples/00000007.png"));
    for (const name of ["00000000.png", "00000003.png", "notes.txt", "x.png"])
      await writeFile(at("images/samples", name), name);
    await writeFile(at("images/samples.png"), "last");
    const address = await serve(at("images"), at("compared"));
    const { pictures } = await view(address);
    expect(pictures.map(({ iteration }) => iteration)).toEqual([0, 3, null]);
    const bodies = await Promise.all(pictures.map((picture) => ask(address, `/${picture.address}`)));
    expect(bodies.map(({ body }) => body)).toEqual(["00000000.png", "00000003.png", "last"]);
    expect(bodies[0]!.headers["content-type"]).toBe("image/png");
    expect((await view(address, 1)).pictures.map(({ title }) => title)).toEqual(["overview", "samples-w-gp"]);

    await writeFile(at("images/samples.png"), "newer");
    const { address: changed } = (await view(address)).pictures[2]!;
    expect(changed).not.toBe(pictures[2]!.address);
    for (const id of ["7", "00000003", "x", "notes", "..", "%2e%2e%2fsecret", "../../secret", "constructor"]) {
      expect((await ask(address, `/api/runs/0/pictures/${id}.png`)).status).toBe(404);
    }
  });

  it("of a figure that is not finite: null", async () => {
    const wild = { ...tiny, loss: "w-none", optimizer: "sgd", learningRate: 1e20, evaluateEvery: 1 } as const;
    for await (const _ of trainRun(await newRun(wild, at("wild")))) {
    }
    const { state, message, results } = await view(await serve(at("wild")));
    expect(state).toBe("diverged");
    expect(message).toMatch(/not finite/);
    expect(results?.runs[0]?.stopped).toBe(message);
    const [first] = JSON.parse(await readFile(at("wild/history.json"), "utf8"));
    first.figures.slopeMax = null;
    await writeFile(at("wild/history.json"), JSON.stringify([first]));
    const seen = (await view(await serve(at("wild")))).results?.runs[0];
    expect(seen?.figures.slopeMax).toBeNull();
    expect(seen?.history[0]?.figures.slopeMax).toBeNull();
  });
});

describe("nothing else is served", () => {
  it.each([
    "/api",
    "/api/",
    "/api/runs",
    "/api/runs.json/",
    "/api/runs/1.json",
    "/api/runs/-1.json",
    "/api/runs/00.json",
    "/api/runs/0.json.json",
    "/api/runs/1e0.json",
    "/api/runs/99999.json",
    "/api/runs/__proto__.json",
    "/api/runs/length.json",
    "/api/runs/0",
    "/api/runs/0/history.json",
    "/api/runs/0/checkpoints/00000000/run.json",
    "/api/runs/0/../0.json",
    "/api/runs/%30.json",
    "/api/runs/0/pictures/",
    "/api/runs/9/pictures/end.png",
    "/runs/0.json",
  ])("%s", async (path) => {
    const [first] = servers;
    expect((await ask(first!.address, path)).status).toBe(404);
  });

  it("not by a symbolic link that leads out of a run", async () => {
    await mkdir(at("linked"));
    await cp(at("run/checkpoints"), at("linked/checkpoints"), { recursive: true });
    await writeFile(
      at("longer.json"),
      JSON.stringify({ state: "diverged", iterations: 9, message: "secret", process: { host: "", id: 1 } }),
    );
    await symlink(at("longer.json"), at("linked/status.json"));
    await symlink(at("run/history.json"), at("linked/history.json"));
    await symlink(at("images/samples"), at("linked/samples"));
    const { state, message, pictures, results } = await view(await serve(at("linked")));
    expect({ state, message, pictures }).toEqual({ state: "finished", message: null, pictures: [] });
    expect(results?.runs[0]?.history).toHaveLength(3);

    await mkdir(at("borrowed"));
    await symlink(at("run/checkpoints"), at("borrowed/checkpoints"));
    await symlink(at("compared/results.json"), at("borrowed/results.json"));
    await expect(openNamedRuns([at("borrowed")])).rejects.toThrow(/holds no run/);
  });

  it("but a link that is named itself is followed, wherever it leads", async () => {
    await symlink(at("run"), at("latest"));
    expect((await view(await serve(at("latest")))).state).toBe("finished");
  });
});

describe("a run that goes wrong meanwhile", () => {
  it("is missing, and is back when it is", async () => {
    await cp(at("run"), at("moving"), { recursive: true });
    const address = await serve(at("moving"), at("compared"));
    await rename(at("moving"), at("moved"));
    expect((await list(address)).map(({ state }) => state)).toEqual(["missing", "finished"]);
    expect(await view(address)).toMatchObject({ state: "missing", results: null, pictures: [] });
    await rename(at("moved"), at("moving"));
    expect((await view(address)).state).toBe("finished");
  });

  it("is shown as far as it can be read", async () => {
    await cp(at("run"), at("damaged"), { recursive: true });
    const address = await serve(at("damaged"));
    await truncate(at("damaged/history.json"), 50);
    await truncate(at("damaged/checkpoints/00000006/run.json"), 50);
    await writeFile(at("damaged/status.json"), "{");
    expect(await view(address)).toMatchObject({
      state: "stopped",
      progress: { iteration: 0, iterations: 6 },
      results: null,
    });
  });
});

describe("a name that holds no run", () => {
  it.each([
    ["nowhere", /nowhere cannot be opened: no such file or directory; give a folder/],
    ["page", /page holds no run that this version can read; give a folder of monge train or of monge compare/],
    ["page/index.html", /index\.html is not JSON/],
    ["run/history.json", /history\.json is not a results\.json of monge compare/],
  ])("is refused: %s", async (name, says) => {
    const opened = openNamedRuns([at("run"), at(name)]);
    await expect(opened).rejects.toThrow(says);
    await expect(opened).rejects.toThrow(InputError);
  });
});
