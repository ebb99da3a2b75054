// Where the time of a row's iteration goes, in a process of its own: node oursLosses.mjs ROW-AS-JSON
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { discard } from "../../dist/engine/discard.js";
import { add, leavesOf, traceModel } from "../../dist/engine/index.js";
import { targetOf } from "../../dist/engine/runtime/node.js";
import { drawInputs } from "../../dist/game/inputs.js";
import { startGame } from "../../dist/game/start.js";
import { buildStep, stepArguments } from "../../dist/game/step.js";
import * as monge from "../../dist/index.js";
import { createTrainer, gameOf } from "../../dist/training/trainer.js";
import { flopsOf } from "../flops.mjs";
import { chains, flopsOfChain } from "../products.mjs";
import { median } from "../statistics.mjs";
import { chainInputs, chainProgram, normals } from "./chainProgram.mjs";
import { CRITIC_STEPS, trainerOptions, trainerThreads } from "./oursOptions.mjs";

/** All take turns of about so long; those of the first rounds do not count. */
const TURN_SECONDS = 0.5;
const ROUNDS = 8;
const WARM_UP_ROUNDS = 2;
const SMALL_NODES = 1000;
/** Of the rows in the plane it is their own; convolutions are compared with this. */
const WIDTH_OF_IMAGES = 512;

/** Products and convolutions, and what puts numbers elsewhere without computing; all other nodes compute element by element. */
const KINDS = [
  ["products", /^(Fused)?(Gemm|MatMul|Conv)$/],
  ["moves", /^(Transpose|Reshape|Concat|Split|Slice|Gather|Pad|Expand|Reorder\w+)$/],
];

const row = JSON.parse(process.argv[2]);
const options = trainerOptions(row, monge);
const game = gameOf(options);
const { state, layout } = startGame(game, monge.createRng(options.seed));
const size = { batch: options.batch, criticSteps: CRITIC_STEPS, withGenerator: true };
const specs = stepArguments(game, state, size);
const model = traceModel(buildStep(game, layout, size), specs, { target: await targetOf() });
const drawn = drawInputs(game, size, options.data, monge.createRng(1), { critic: 0, generator: 0 });
/** What a step takes, by the names of its model. */
const inputs = new Map(leavesOf({ ...drawn, state }).map(([names, { data }]) => [names.join("."), data]));
const trainer = await createTrainer(options);
const width = row.network === "mlp" ? row.width : WIDTH_OF_IMAGES;
const chain = chains.find((chain) => chain.width === width && chain.rows === 512 && chain.kind === "NN");
const [iteration, run, copies, small, product] = await timed(
  () => trainer.iterate(),
  (await session(model)).run,
  (await session(traceModel(({ state }) => ({ next: eachSame(state) }), { state: specs.state }))).run,
  (await session(traceModel(chainOfScalars, { x: { shape: [] } }))).run,
  (await session(traceModel(chainProgram(chain), chainInputs(chain)))).run,
);
const { shares, nodes } = await profiled(model);
const overhead = (nodes * small) / SMALL_NODES;
const computing = run - copies - overhead;
const products = shares.products * computing;
const inChain = ((await flopsOf(model)) / flopsOfChain(chain)) * product;
console.log(
  JSON.stringify({
    iteration,
    "products at a chain's rate": inChain,
    "products below it": products - inChain,
    "element by element": shares.elements * computing,
    moves: shares.moves * computing,
    nodes: overhead,
    "copies of the state": copies,
    "outside of ONNX Runtime": iteration - run,
  }),
);

/** The state, computed by one node a vector. */
function eachSame(tree) {
  if ("op" in tree) return add(tree, tree);
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, eachSame(value)]));
}

function chainOfScalars({ x }) {
  let y = x;
  for (let i = 0; i < SMALL_NODES; i++) y = add(y, x);
  return { y };
}

async function session(model, more = {}) {
  const { threads } = trainerThreads;
  const made = await ort.InferenceSession.create(model, { ...(threads && { intraOpNumThreads: threads }), ...more });
  const feeds = Object.fromEntries(
    made.inputMetadata.map(({ name, shape }) => [
      name,
      new ort.Tensor("float32", inputs.get(name) ?? normals(shape, 1), shape),
    ]),
  );
  const run = async () => Object.values(await made.run(feeds)).forEach(discard);
  return { made, run };
}

/** The medians of their times, in seconds. */
async function timed(...all) {
  const times = all.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, once] of all.entries()) {
      const end = performance.now() + 1000 * TURN_SECONDS;
      do {
        const before = performance.now();
        await once();
        if (round >= WARM_UP_ROUNDS) times[i].push((performance.now() - before) / 1000);
      } while (performance.now() < end);
    }
  return times.map(median);
}

/** Of the time in nodes, the share of each kind, and how many nodes there are. */
async function profiled(model) {
  const folder = mkdtempSync(join(tmpdir(), "monge-profile-"));
  try {
    const { made, run } = await session(model, { enableProfiling: true, profileFilePrefix: join(folder, "profile") });
    for (let i = 0; i < 20; i++) await run();
    made.endProfiling();
    await made.release();
    const events = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), "utf8"));
    const last = events.findLast(({ name }) => name === "model_run");
    const half = last.ts / 2;
    const kernels = events.filter(({ cat, name, ts }) => cat === "Node" && name.endsWith("_kernel_time") && ts > half);
    const total = kernels.reduce((sum, { dur }) => sum + dur, 0);
    const runs = events.filter(({ name, ts }) => name === "model_run" && ts > half).length;
    const of = (test) => kernels.reduce((sum, { dur, args }) => sum + (test(args.op_name) ? dur : 0), 0) / total;
    const [products, moves] = KINDS.map(([, pattern]) => of((type) => pattern.test(type)));
    return { shares: { products, moves, elements: 1 - products - moves }, nodes: Math.round(kernels.length / runs) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
