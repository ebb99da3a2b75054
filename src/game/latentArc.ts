/**
 * `steps` latents on the arc from `a` to `b` (White 2016, arXiv:1609.04468): on a straight line between two they would be shorter
 * than any that the generator was trained on.
 */
export function latentArc(a: Float32Array, b: Float32Array, steps: number): Float32Array {
  const dot = (u: Float32Array, v: Float32Array) => u.reduce((sum, x, i) => sum + x * v[i]!, 0);
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  // Between latents of one line, or one of which is 0, there is no arc, and it is the line that is left.
  const isStraight = !(Math.sin(angle) >= 1e-6);
  const arc = new Float32Array(steps * a.length);
  for (let step = 0; step < steps; step++) {
    const t = steps === 1 ? 0 : step / (steps - 1);
    const share = (part: number) => (isStraight ? part : Math.sin(part * angle) / Math.sin(angle));
    const [ofA, ofB] = [share(1 - t), share(t)];
    arc.set(
      a.map((x, i) => ofA * x + ofB * b[i]!),
      step * a.length,
    );
  }
  return arc;
}
