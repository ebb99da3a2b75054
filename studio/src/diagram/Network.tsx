const HEIGHT = 60;
const STEP = 26;
const NODES = 4;
const MOST_LAYERS = 5;

/** A network in small: its hidden layers between what goes in and what comes out. */
export function Network({ depth, inputs, outputs }: Record<"depth" | "inputs" | "outputs", number>) {
  const hidden = Array<number>(Math.min(MOST_LAYERS, depth)).fill(NODES);
  const layers = [Math.min(NODES, inputs), ...hidden, Math.min(NODES, outputs)];
  const nodes = layers.map((count, layer) =>
    Array.from({ length: count }, (_, i) => [6 + STEP * layer, ((i + 0.5) * HEIGHT) / count] as const),
  );
  const edges = nodes
    .slice(1)
    .flatMap((layer, k) => nodes[k]!.flatMap(([x0, y0]) => layer.map(([x1, y1]) => `M${x0},${y0}L${x1},${y1}`)));
  return (
    <svg class="diagram-network" viewBox={`0 0 ${12 + STEP * (layers.length - 1)} ${HEIGHT}`} aria-hidden="true">
      <path d={edges.join("")} />
      {nodes.flat().map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={4} />
      ))}
    </svg>
  );
}
