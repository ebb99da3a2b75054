/**
 * The Earth mover's distance itself, without a critic: the cheapest way to move one cloud of points onto another, the plan of who
 * goes where, and the proof that no plan is cheaper.
 */
import { pathToFileURL } from "node:url";
import { createRng, type Rng } from "monge";
import { type ExactTransport, emd, exactTransport } from "monge/transport";

const SHIFT = 3;

export async function main(count = 1000): Promise<ExactTransport> {
  const rng = createRng(0);
  const a = { points: cloud(rng, count, 0), dimension: 2 };
  const b = { points: cloud(rng, count, SHIFT), dimension: 2 };

  // Moving a distribution by 3 costs 3, whatever its shape. A sample comes close to that.
  const transport = await exactTransport({ a, b });
  const { cost, plan, potentials, certificate } = transport;
  console.log(`Earth mover's distance between the samples: ${cost.toFixed(4)} (between the distributions: ${SHIFT})`);

  console.log("\nThe first three entries of the plan:");
  for (let k = 0; k < 3; k++) {
    const [i, j] = [plan.source[k]!, plan.target[k]!];
    console.log(`  mass ${plan.mass[k]!.toFixed(5)} from ${point(a.points, i)} to ${point(b.points, j)}`);
  }

  // Kantorovich's dual problem: a price at each point, such that u_i + v_j is never above the distance. The best prices earn
  // exactly what the best plan costs, and any critic is an attempt at them.
  const earned = (average(potentials.u) + average(potentials.v)).toFixed(4);
  console.log(`\nThe prices earn ${earned}: no plan can cost less.`);
  console.log(`Certificate: duality gap ${certificate.dualityGap.toExponential(1)}, relative`);
  console.log(`             marginal error ${certificate.marginalError.toExponential(1)}, relative`);

  // The floor of what a perfect generator can reach: two samples of one distribution are not the same points.
  console.log(
    `\nTwo samples of the same cloud lie ${emd(a, { points: cloud(rng, count, 0), dimension: 2 }).toFixed(4)} apart.`,
  );
  return transport;
}

/** `count` points of a standard normal cloud whose first coordinate is moved by `shift`. */
function cloud(rng: Rng, count: number, shift: number): Float32Array {
  return rng.normals(2 * count).map((value, i) => (i % 2 === 0 ? value + shift : value));
}

function point(points: Float32Array, i: number): string {
  return `(${points[2 * i]!.toFixed(2)}, ${points[2 * i + 1]!.toFixed(2)})`;
}

function average(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await main();
