// One rank of the exactness table: the difference of an update, as a part of its size, between all ranks together and rank 0 alone.

import { relu } from "../../dist/engine/index.js";
import { constraints, createTrainer, dense, dropout, grid, losses, mlp, sequential, sgd } from "../../dist/index.js";
import { joinMpi } from "../../dist/parallel/mpi/joinMpi.js";

const ranks = await joinMpi();
const network = (input, output, normalisation) => mlp({ input, output, hidden: [64, 64], normalisation });
const optimizer = sgd({ learningRate: 0.1 });
const plain = { generator: network(2, 2), critic: network(2, 1), loss: losses.get("wasserstein") };
const constraintOf = (name) => {
  const { settings, make } = constraints.get(name);
  const all = { lambda: 10, gamma: 1, clip: 0.1, powerIterations: 1, penaltyShare: 1, penaltyEvery: 1 };
  return make(settings.parse(Object.fromEntries(Object.entries(all).filter(([key]) => key in settings.shape))));
};

const rows = [
  ...losses.names.map((name) => ({ name: `loss ${name}`, loss: losses.get(name) })),
  ...constraints.names.map((name) => ({ name: `W-loss, constraint ${name}`, constraint: constraintOf(name) })),
  {
    name: "gradient penalty, dropout in the critic",
    constraint: constraintOf("gp"),
    critic: sequential(["in", dense(2, 64)], relu, ["drop", dropout(64, 0.3)], ["out", dense(64, 1)]),
  },
  { name: "batch normalisation over all ranks", generator: network(2, 2, "batch"), syncBatchNorm: true },
  { name: "batch normalisation of each rank by itself", generator: network(2, 2, "batch") },
];

/** How far the parameters of both players move in one iteration. */
async function moves({ syncBatchNorm, constraint, generator, critic, loss }, together) {
  const trainer = await createTrainer({
    data: grid(),
    loss,
    generator: { network: generator, optimizer },
    critic: { network: critic, optimizer, constraint },
    ...{ latent: 2, batch: 64, criticSteps: 1, seed: 0, threads: 1 },
    ...(together && { ranks: { ...ranks, syncBatchNorm } }),
  });
  const before = await trainer.snapshot();
  await trainer.iterate();
  const after = await trainer.snapshot();
  await trainer.release();
  return Object.fromEntries(
    ["critic", "generator"].map((player) => {
      const [from, to] = [before, after].map(({ state }) => state[player].parameters.data);
      return [player, to.map((x, i) => x - from[i])];
    }),
  );
}

const norm = (vector) => Math.hypot(...vector);
const found = [];
for (const row of rows) {
  const parts = { ...plain, ...row };
  const shared = await moves(parts, true);
  if (ranks.rank > 0) continue;
  const alone = await moves(parts, false);
  const difference = (player) => norm(shared[player].map((x, i) => x - alone[player][i])) / norm(alone[player]);
  found.push({ name: row.name, critic: difference("critic"), generator: difference("generator") });
}
if (ranks.rank === 0) console.log(JSON.stringify(found));
await ranks.leave();
