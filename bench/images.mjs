// @ts-check
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileAtomically } from "../dist/files.js";
import { chosen, OptionError, parsed, reporting, wholeNumber } from "./commandLine.mjs";
import { machine } from "./machine.mjs";

/**
 * @typedef {{ recipe: string, seed?: number, iterations?: number, seconds?: number, measured: Record<string, any> }} Result
 * @typedef {NonNullable<ReturnType<typeof readOptions>>} Options
 */

const PROGRAM = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
/** More than fit into any time limit. */
const NO_END = "1000000";

/** What `monge train` is given besides the data, the length and the seed. */
const recipes = {
  "w-gp": ["--loss", "w-gp"],
  "bce-ns+r1": ["--loss", "bce-ns+r1"],
  "rp+r1r2": ["--loss", "rp+r1r2"],
  "w-gp-unconditional": ["--loss", "w-gp", "--no-conditional"],
  "bce-ns+r1-unconditional": ["--loss", "bce-ns+r1", "--no-conditional"],
  "w-gp-dcgan": ["--loss", "w-gp", "--network", "dcgan", "--no-conditional"],
};

const help = `Trains recipes of images equally long, one after the other, and prints how good their images are, a table in Markdown.
First: npm run build

  --data <name or path>  images, as monge train takes them (default: mnist)
  --against <real>       other real images, which are judged first (default: mnist-test where the data is mnist)
  --recipes <list>       of ${Object.keys(recipes).join(", ")} (default: all)
  --seconds <n>          of each training (default: 300)
  --iterations <n>       of each training, instead of --seconds: other load on the machine then changes nothing
  --samples <n>          images that are judged (default: 5000)
  --seeds <n>            trainings of each recipe (default: 1)
  --out <folder>         where the runs, their pictures and results.json are kept (default: bench-images)`;

await reporting(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) return console.log(help);
  await mkdir(options.out, { recursive: true });
  const facts = await machine(["onnxruntime-node"]);
  if (facts.machine.loadBefore > 1) console.error(`The machine is busy (load ${facts.machine.loadBefore}).`);
  /** @type {Result[]} */
  const results = [];
  const keep = async (/** @type {Result} */ result) => {
    results.push(result);
    const kept = JSON.stringify({ ...facts, options, results }, undefined, 1);
    await writeFileAtomically(join(options.out, "results.json"), `${kept}\n`);
  };
  const { against } = options;
  if (against) await keep({ recipe: "real images", measured: await judged(against, options) });
  for (const recipe of options.recipes) {
    for (let seed = 0; seed < options.seeds; seed++) {
      console.error(`${recipe}, seed ${seed} ...`);
      await keep(await trained(recipe, seed, options));
    }
  }
  console.log(tableOf(results));
});

/** @param {readonly string[]} argv */
function readOptions(argv) {
  const text = { type: /** @type {const} */ ("string") };
  const flags = parsed(
    argv,
    {
      help: { type: "boolean" },
      data: { ...text, default: "mnist" },
      against: text,
      recipes: text,
      seconds: { ...text, default: "300" },
      iterations: text,
      samples: { ...text, default: "5000" },
      seeds: { ...text, default: "1" },
      out: { ...text, default: "bench-images" },
    },
    "node bench/images.mjs",
  );
  if (flags.help) return undefined;
  const names = Object.keys(recipes);
  return {
    data: flags.data,
    against: flags.against ?? (flags.data === "mnist" ? "mnist-test" : undefined),
    recipes: /** @type {(keyof typeof recipes)[]} */ (chosen("recipe", flags.recipes, names, names)),
    length: flags.iterations
      ? ["--iterations", `${wholeNumber("--iterations", flags.iterations)}`]
      : ["--iterations", NO_END, "--time-limit", `${wholeNumber("--seconds", flags.seconds)}`],
    samples: `${wholeNumber("--samples", flags.samples, 6)}`,
    seeds: wholeNumber("--seeds", flags.seeds),
    out: flags.out,
  };
}

/**
 * @param {keyof typeof recipes} recipe
 * @param {number} seed
 * @param {Options} options
 * @returns {Promise<Result>}
 */
async function trained(recipe, seed, options) {
  const run = join(options.out, `${recipe}-seed-${seed}`);
  const given = ["--data", options.data, ...recipes[recipe], "--seed", `${seed}`, ...options.length];
  const begun = performance.now();
  const { iteration } = await monge(["train", ...given, "--out", run, "--force"]);
  const seconds = (performance.now() - begun) / 1000;
  return { recipe, seed, iterations: iteration, seconds, measured: await judged(run, options) };
}

/**
 * @param {string} images
 * @param {Options} options
 */
function judged(images, { data, samples }) {
  return monge(["metrics", data, images, "--samples", samples]);
}

/**
 * What a command of the project prints as JSON.
 * @param {readonly string[]} args
 * @returns {Promise<Record<string, any>>}
 */
async function monge(args) {
  const child = spawn(process.execPath, [PROGRAM, ...args, "--json", "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const text of child.stdout.setEncoding("utf8")) printed += text;
  if (printed === "") throw new OptionError(`monge ${args.join(" ")} failed; what it says stands above.`);
  return JSON.parse(printed);
}

/** @param {readonly Result[]} results */
function tableOf(results) {
  const rows = results.map(({ recipe, seed, iterations, seconds, measured }) => [
    seed === undefined ? recipe : `\`${recipe}\``,
    iterations?.toLocaleString("en") ?? "",
    seconds?.toFixed(0) ?? "",
    measured.frechetDistance.toFixed(1),
    measured.kernelDistance.mean.toFixed(2),
    ...[measured.precision, measured.recall, measured.density, measured.coverage].map((share) => share.toFixed(2)),
    measured.labelAccuracy?.toFixed(3) ?? "",
  ]);
  const titles = [
    "recipe",
    "iterations",
    "seconds",
    "Frechet",
    "kernel",
    "precision",
    "recall",
    "density",
    "coverage",
    "label accuracy",
  ];
  return [titles, titles.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
