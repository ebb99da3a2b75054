import { describe, expect, it } from "vitest";
import { pointDatasets } from "../../src/data/points.js";
import { constraints } from "../../src/lipschitz/index.js";
import { losses } from "../../src/losses/index.js";
import { resolveConfig } from "../../src/runs/config.js";
import { LESSONS } from "../../studio/src/lessons/lessons.js";
import { FIRST_LINE } from "../../studio/src/line/protocol.js";
import { changedNames, isLive, withChange } from "../../studio/src/settings/change.js";
import { DEFAULTS, defaultsFor } from "../../studio/src/settings/defaults.js";
import { differencesOf } from "../../studio/src/settings/difference.js";
import { furtherNames, furtherSettings } from "../../studio/src/settings/furtherSettings.js";
import { pairingDoubt, sideByName, sideName } from "../../studio/src/settings/pairing.js";
import { pointsFromText, pointsToText } from "../../studio/src/settings/pointsText.js";
import { isInRange, NUMBER_NAMES, RANGES } from "../../studio/src/settings/ranges.js";
import { dataNames, type Settings } from "../../studio/src/settings/settings.js";
import { DEFAULT_LAYERS, fromUrl, type Linked, MOST_LINKED_POINTS, toUrl } from "../../studio/src/settings/url.js";

const LOSSES = losses.names;
const CONSTRAINTS = constraints.names;

const FIRST: Linked = {
  settings: DEFAULTS,
  speed: null,
  line: FIRST_LINE,
  layers: DEFAULT_LAYERS,
  view: "plane",
  run: 0,
  lesson: null,
  present: null,
  device: "auto",
  settle: false,
  diagram: false,
  own: null,
};

describe("the address of the page", () => {
  it("is empty for the page as it begins, and an empty one is the page as it begins", () => {
    expect(toUrl(FIRST)).toBe("");
    expect(fromUrl("")).toEqual({ linked: FIRST, notes: [] });
  });

  it("holds a lesson and what is presented of it, and nothing that the lesson sets itself", () => {
    const linked = { ...FIRST, settings: { ...DEFAULTS, seed: 3 }, lesson: 3, present: "left" } as const;
    expect(toUrl(linked)).toBe("?lesson=4&present=left");
    expect(fromUrl("?lesson=4&present=left&seed=3")).toEqual({ linked, notes: [] });
    expect(fromUrl("?present").linked.present).toBe("left");
    expect(fromUrl(`?lesson=${LESSONS.length + 1}&present=wall`)).toEqual({
      linked: FIRST,
      notes: [
        { kind: "bad", name: "lesson", value: String(LESSONS.length + 1) },
        { kind: "bad", name: "present", value: "wall" },
      ],
    });
    expect(fromUrl("?embed&lang=zh")).toEqual({ linked: FIRST, notes: [] });
  });

  it("gives back every setting that it was made from, for all data and pairings", () => {
    for (const data of dataNames().filter((name) => name !== "drawn" && name !== "file")) {
      for (const loss of LOSSES) {
        for (const constraint of CONSTRAINTS) {
          const settings: Settings = {
            data,
            left: { loss, constraint },
            right: { loss: "hinge", constraint },
            seed: 4_000_000,
            network: "mlp",
            generatorWidth: 11,
            generatorDepth: 2,
            criticWidth: 13,
            criticDepth: 4,
            batch: 17,
            criticSteps: 6,
            generatorRate: 1.5e-4,
            criticRate: 2e-6,
            more: { lambda: 0.25, clip: 0.015, latent: 3, optimizer: "sgd", beta1: 0.5, criticActivation: "maxmin" },
          };
          const linked: Linked = {
            settings,
            speed: 5,
            line: { means: { real: -1.25, fake: 3 }, seed: 9 },
            layers: ["slope", "fakes"],
            view: "line",
            run: 2,
            lesson: null,
            present: "both",
            device: "wasm",
            settle: true,
            diagram: true,
            own: null,
          };
          expect(fromUrl(toUrl(linked))).toEqual({ linked, notes: [] });
        }
      }
    }
  });

  it("names only what is not as it is anyway", () => {
    expect(toUrl({ ...FIRST, settings: { ...DEFAULTS, seed: 3, left: { loss: "bce-ns", constraint: "none" } } })).toBe(
      "?left=bce-ns&seed=3",
    );
    expect(toUrl({ ...FIRST, settings: defaultsFor("mnist") })).toBe("?data=mnist");
    const convolutional = defaultsFor("mnist", "dcgan");
    expect(toUrl({ ...FIRST, settings: convolutional })).toBe("?data=mnist&network=dcgan");
    expect(fromUrl("?data=mnist&network=dcgan").linked.settings).toEqual(convolutional);
  });

  it("names the view where the page may begin with another", () => {
    expect(toUrl(FIRST, null)).toBe("?view=plane");
    expect(toUrl({ ...FIRST, view: "runs" }, null)).toBe("?view=runs");
  });

  it("shows the runs where it names one of them", () => {
    expect(fromUrl("?run=2").linked).toEqual({ ...FIRST, view: "runs", run: 1 });
    expect(toUrl({ ...FIRST, view: "runs", run: 1 })).toBe("?run=2");
    expect(fromUrl("?run=2&view=line").linked.view).toBe("line");
    expect(fromUrl(toUrl({ ...FIRST, run: 1 })).linked).toEqual({ ...FIRST, run: 1 });
  });

  it("falls back with a note where a value is bad or a name unknown, and takes the rest", () => {
    const { linked, notes } = fromUrl(
      "?data=gird&left=w-gpp&seed=-1&batch=many&lambda=&clip=Infinity&network=dcgan&layers=fakes.ghosts&view=side&run=0&device=cpu&speed=0&line=1_9_0&pace=3&criticSteps=7&lang=zh",
    );
    expect(linked).toEqual({ ...FIRST, settings: { ...DEFAULTS, criticSteps: 7 } });
    expect(notes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "bad run",
      "bad view",
      "bad data",
      "bad network",
      "bad left",
      "bad seed",
      "bad batch",
      "bad clip",
      "bad lambda",
      "bad speed",
      "bad line",
      "bad device",
      "bad layers",
      "unknown pace",
    ]);
  });

  it("holds a reader's points to the bit where they are few, and says where it does not", () => {
    const own = { name: "drawn", points: Float64Array.of(0.1, -2.5e-7, 1 / 3, 1e20) };
    const settings = { ...DEFAULTS, data: "drawn" as const };
    const query = toUrl({ ...FIRST, settings, own });
    expect(fromUrl(query)).toEqual({ linked: { ...FIRST, settings, own }, notes: [] });

    const many = { name: "drawn", points: new Float64Array(2 * MOST_LINKED_POINTS + 2) };
    const without = toUrl({ ...FIRST, settings, own: many });
    expect(without).toBe("?data=drawn");
    const { linked, notes } = fromUrl(without);
    expect(linked.settings.data).toBe(DEFAULTS.data);
    expect(notes).toEqual([{ kind: "missingPoints", name: "data", value: "drawn" }]);
    expect(fromUrl("?lang=zh&token=secret").notes).toEqual([]);
    const unused = fromUrl("?data=moons&points=1_2_3_4");
    expect(unused.linked.own).toBeNull();
    expect(unused.notes).toEqual([{ kind: "unusedPoints", name: "points", value: "moons" }]);
  });
});

it("points as text are the same in 64 bits, and other text is no points", () => {
  const points = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i) * 10 ** (i % 13));
  expect(pointsFromText(pointsToText(points))).toEqual(points);
  expect(pointsToText(Float64Array.of(0.1, -1))).toBe("0.1_-1");
  for (const text of ["", "1_2", "1_2_3", "1_2_3_x", "1_2_3_", "1_2_3_Infinity"])
    expect(pointsFromText(text)).toBeNull();
});

it("every pairing has one name, which the command line knows", () => {
  const names = LOSSES.flatMap((loss) => CONSTRAINTS.map((constraint) => sideName({ loss, constraint })));
  expect(new Set(names).size).toBe(LOSSES.length * CONSTRAINTS.length);
  for (const name of names) {
    expect(sideName(sideByName(name)!)).toBe(name);
    expect(() => resolveConfig({ data: "ring", loss: name }, pointDatasets.get("ring").open())).not.toThrow();
  }
  expect(sideByName("w-orht")).toBeNull();
});

it("a pairing that does not mean what one may expect is doubted, and no other", () => {
  expect(pairingDoubt({ loss: "wasserstein", constraint: "none" })).toBe("unbounded");
  expect(pairingDoubt({ loss: "wasserstein", constraint: "clip" })).toBe("clipped");
  expect(pairingDoubt({ loss: "bce", constraint: "gp" })).toBe("noDistance");
  expect(pairingDoubt({ loss: "wasserstein", constraint: "gp" })).toBeNull();
  expect(pairingDoubt({ loss: "bce", constraint: "none" })).toBeNull();
});

it("defaults lie within their ranges, and what is out of a range is told from what is within", () => {
  for (const data of dataNames()) {
    const settings = defaultsFor(data);
    for (const name of NUMBER_NAMES) expect(isInRange(name, settings[name]), `${data} ${name}`).toBe(true);
  }
  for (const name of NUMBER_NAMES) {
    const { min, max, whole } = RANGES[name];
    expect([min, max].every((value) => isInRange(name, value))).toBe(true);
    expect(isInRange(name, min - 1e-9)).toBe(false);
    expect(isInRange(name, max * (1 + 1e-9))).toBe(false);
    expect(isInRange(name, Number.NaN)).toBe(false);
    if (whole) expect(isInRange(name, min + 0.5)).toBe(false);
  }
});

describe("the settings of the sides' parts", () => {
  const shown = (settings: Partial<Settings>) =>
    Object.fromEntries(furtherSettings({ ...DEFAULTS, ...settings }).map(({ name, usual }) => [name, usual]));

  it("are those that a side has a use for, each with what is usual there", () => {
    expect(shown({})).toEqual({
      latent: [2],
      optimizer: ["adam"],
      schedule: ["flat-cosine"],
      lambda: [3],
      penaltyShare: [1],
      penaltyEvery: [1],
      normalisation: ["none"],
      criticNormalisation: ["none"],
      pack: [1],
      criticActivation: ["relu"],
      beta1: [0.5],
      beta2: [0.99],
    });
    const clipped = shown({ left: { loss: "wasserstein", constraint: "clip" } });
    expect(clipped).toMatchObject({ clip: [0.1], lambda: [3], optimizer: ["rmsprop", "adam"] });
    expect(shown({ more: { optimizer: "sgd" } })).not.toHaveProperty("beta2");
    expect(shown({ right: { loss: "wasserstein", constraint: "orth" } })).toMatchObject({
      criticActivation: ["relu", "maxmin"],
    });
    expect(shown({ ...defaultsFor("mnist", "dcgan") })).toMatchObject({ latent: [64], normalisation: ["batch"] });
  });
});

describe("a change", () => {
  it("of the live settings leaves the runs going, and of every other begins them anew", () => {
    const others: readonly Partial<Settings>[] = [
      { data: "moons" },
      { left: { loss: "ls", constraint: "none" } },
      { seed: 1 },
      { generatorWidth: 8 },
      { criticDepth: 1 },
    ];
    for (const change of others) {
      const names = changedNames(DEFAULTS, withChange(DEFAULTS, change));
      expect(names).toEqual(Object.keys(change));
      expect(names.some(isLive)).toBe(false);
    }
    for (const name of ["batch", "criticSteps", "generatorRate", "criticRate"] as const) {
      const names = changedNames(DEFAULTS, withChange(DEFAULTS, { [name]: DEFAULTS[name] * 2 }));
      expect(names).toEqual([name]);
      expect(names.every(isLive)).toBe(true);
    }
    const further = (more: Settings["more"]) => changedNames(DEFAULTS, withChange(DEFAULTS, { more }));
    expect(further({ lambda: 1, schedule: "cosine" })).toEqual(["lambda", "schedule"]);
    expect(furtherNames().filter(isLive)).toEqual([
      "schedule",
      "clip",
      "lambda",
      "penaltyShare",
      "penaltyEvery",
      "gamma",
      "beta1",
      "beta2",
    ]);
  });

  it("to images and back brings the networks that suit them, and keeps the sides and the seed", () => {
    const mine = { ...DEFAULTS, seed: 9, right: { loss: "ls", constraint: "sn" } as const };
    const images = withChange(mine, { data: "mnist" });
    expect(images).toEqual({ ...defaultsFor("mnist"), seed: 9, right: mine.right });
    expect(withChange(images, { data: "ring" })).toEqual({ ...defaultsFor("ring"), seed: 9, right: mine.right });
    expect(withChange(images, { network: "dcgan" })).toEqual({
      ...defaultsFor("mnist", "dcgan"),
      seed: 9,
      right: mine.right,
    });
    expect(withChange(mine, { data: "moons" })).toEqual({ ...mine, data: "moons" });
  });
});

describe("what differs between the sides", () => {
  const sides = (left: string, right: string): Settings => ({
    ...DEFAULTS,
    left: sideByName(left)!,
    right: sideByName(right)!,
  });

  it("is the loss and the condition, either alone, or nothing", () => {
    expect(differencesOf(DEFAULTS)).toEqual(["loss", "constraint"]);
    expect(differencesOf(sides("bce", "bce-ns"))).toEqual(["loss"]);
    expect(differencesOf(sides("w-gp", "w-lp"))).toEqual(["constraint"]);
    expect(differencesOf(sides("w-gp", "w-gp"))).toEqual([]);
  });

  it("is also what a condition brings along, where nothing was chosen", () => {
    expect(differencesOf(sides("w-gp", "w-clip"))).toEqual(["constraint", "optimizer"]);
    expect(differencesOf({ ...sides("w-gp", "w-clip"), more: { optimizer: "adam" } })).toEqual(["constraint"]);
    expect(differencesOf(sides("w-gp", "w-orth"))).toEqual(["constraint", "criticActivation"]);
  });
});
