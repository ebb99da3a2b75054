/**
 * `steps` latents on the arc from `a` to `b` (White 2016, arXiv:1609.04468): on a straight line between two they would be shorter
 * than any that the generator was trained on.
 */
export function latentArc(a: Float32Array, b: Float32Array, steps: number): Float32Array {
  const dot = (u: Float32Array, v: Float32Array) => u.reduce((sum, x, i) => sum + x * v[i]!, 0);
  const angle = Math.acos(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)));
  const arc = new Float32Array(steps * a.length);
  for (let step = 0; step < steps; step++) {
    const t = steps === 1 ? 0 : step / (steps - 1);
    const [ofA, ofB] = [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
    arc.set(
      a.map((x, i) => ofA * x + ofB * b[i]!),
      step * a.length,
    );
  }
  return arc;
}
