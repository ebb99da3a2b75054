/**
 * The engine alone: gradients are made of the same operations as what they differentiate, so they can be differentiated again.
 *
 * First x^3 and its two derivatives. Then what a gradient penalty needs: how the slope of a small critic changes with its weights,
 * checked against finite differences.
 */
import { pathToFileURL } from "node:url";
import { createRng } from "monge";
import { compile, gradients, matmul, mean, pow, sqrt, square, sub, sum, type Tensor, tanh } from "monge/engine";

const HIDDEN = 3;
const POINTS = 4;

export async function main(): Promise<{ readonly exact: readonly number[]; readonly numerical: readonly number[] }> {
  await cubes();
  return penaltyOfSlopes();
}

async function cubes(): Promise<void> {
  const program = await compile(
    ({ x }) => {
      const y = pow(x, 3);
      // The sum parts the elements: each element of y depends on one of x.
      const [first] = gradients(sum(y), [x]);
      const [second] = gradients(sum(first!), [x]);
      return { y, first: first!, second: second! };
    },
    { x: { shape: [3] } },
  );
  const { y, first, second } = await program.run({ x: { shape: [3], data: Float32Array.of(1, 2, 3) } });
  console.log("x^3    at 1, 2, 3:", ...y!.data);
  console.log("3 x^2  at 1, 2, 3:", ...first!.data);
  console.log("6 x    at 1, 2, 3:", ...second!.data);
  await program.release();
}

/** mean((|grad c(x)| - 1)^2) for the critic c(x) = tanh(x W) v, and its gradient with respect to W. */
async function penaltyOfSlopes() {
  const shapes = { x: { shape: [POINTS, 2] }, W: { shape: [2, HIDDEN] }, v: { shape: [HIDDEN, 1] } };
  const program = await compile(({ x, W, v }) => {
    const scores = matmul(tanh(matmul(x, W)), v);
    const [slope] = gradients(sum(scores), [x]);
    const penalty = mean(square(sub(norms(slope!), 1)));
    const [byWeights] = gradients(penalty, [W]);
    return { penalty, byWeights: byWeights! };
  }, shapes);

  const rng = createRng(0);
  const values = {
    x: { shape: shapes.x.shape, data: rng.normals(POINTS * 2) },
    W: { shape: shapes.W.shape, data: rng.normals(2 * HIDDEN) },
    v: { shape: shapes.v.shape, data: rng.normals(HIDDEN) },
  };
  const penaltyAt = async (data: Float32Array) =>
    (await program.run({ ...values, W: { ...values.W, data } })).penalty!.data[0]!;

  const exact = Array.from((await program.run(values)).byWeights!.data);
  const numerical: number[] = [];
  const step = 1 / 128;
  for (const [i, weight] of values.W.data.entries()) {
    const up = await penaltyAt(values.W.data.with(i, weight + step));
    const down = await penaltyAt(values.W.data.with(i, weight - step));
    numerical.push((up - down) / (2 * step));
  }
  await program.release();

  console.log("\nd(penalty)/dW, by gradients of gradients and by differences:");
  for (const [i, value] of exact.entries()) {
    console.log(value.toFixed(4).padStart(8), numerical[i]!.toFixed(4).padStart(8));
  }
  return { exact, numerical };
}

/** The length of each row: `[n, d]` to `[n]`. */
function norms(x: Tensor): Tensor {
  return sqrt(sum(square(x), 1));
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await main();
