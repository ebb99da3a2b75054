import { reachable } from "./onnx.js";
import { allReduceOp } from "./ops/allReduce.js";
import { reshapeOp } from "./ops/layout.js";
import { sliceOp } from "./ops/pieces.js";
import { input } from "./ops/source.js";
import { isNode, type Tensor } from "./tensor.js";

/** A part of a program that runs without waiting for other ranks. What it takes and gives has a name in the whole program. */
export interface Stage {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** What is summed over all ranks when it has run: the name of each sum, and that of the output that is a rank's part of it. */
  readonly sums: ReadonlyMap<string, string>;
}

/**
 * The stages of a program that computes `outputs`: it is cut where `allReduce` stands, in as few places as its sums depend on each other.
 * Everything is computed as late as it can be, so that what was computed early does not wait in memory, and sums meet in one cut.
 */
export function stagesOf(outputs: Readonly<Record<string, Tensor>>): Stage[] {
  const graph = reachable(Object.values(outputs));
  const remade = remadeIn(graph);
  const cuts = cutsIn(graph);
  const stages = latestStages(graph, cuts);
  const stageOf = (tensor: Tensor) => stages.get(tensor) ?? cuts;
  const sums = graph.filter((tensor) => isNode(tensor, allReduceOp));
  const leaving = Array.from({ length: cuts + 1 }, () => new Map<string, Tensor>());
  const leave = (stage: number, name: string, tensor: Tensor) => leaving[stage]?.set(name, tensor);
  for (const [name, tensor] of Object.entries(outputs)) leave(stageOf(tensor), name, tensor);
  for (const sum of sums) leave(stageOf(sum) - 1, partOf(sum), sum.inputs[0]);

  /** What a stage takes to compute what leaves it. */
  const takenBy = (stage: number): Record<string, Tensor> => {
    const taken: Record<string, Tensor> = {};
    const seen = new Set<Tensor>();
    const open = [...(leaving[stage]?.values() ?? [])];
    for (let tensor = open.pop(); tensor; tensor = open.pop()) {
      if (seen.has(tensor)) continue;
      seen.add(tensor);
      if (isNode(tensor, input)) taken[tensor.attributes.name] = tensor;
      else if (isNode(tensor, allReduceOp)) taken[sumOf(tensor)] = tensor;
      else if (stageOf(tensor) < stage && !remade.has(tensor)) {
        taken[carried(tensor)] = tensor;
        leave(stageOf(tensor), carried(tensor), tensor);
      } else open.push(...tensor.inputs);
    }
    return taken;
  };

  const made: Stage[] = [];
  for (let stage = cuts; stage >= 0; stage--) {
    const inputs = takenBy(stage);
    const ofStage = sums.filter((sum) => stageOf(sum) - 1 === stage);
    made.unshift({
      inputs,
      outputs: Object.fromEntries(leaving[stage] ?? []),
      sums: new Map(ofStage.map((sum) => [sumOf(sum), partOf(sum)])),
    });
  }
  return made;
}

/** How often a graph is cut. */
function cutsIn(graph: readonly Tensor[]): number {
  const before = new Map<Tensor, number>();
  for (const tensor of graph) {
    const latest = tensor.inputs.reduce((most, one) => Math.max(most, before.get(one) ?? 0), 0);
    before.set(tensor, isNode(tensor, allReduceOp) ? latest + 1 : latest);
  }
  return Math.max(0, ...before.values());
}

/** The stage before which each tensor must be there, or in which it is computed: the first one that uses it. */
function latestStages(graph: readonly Tensor[], last: number): Map<Tensor, number> {
  const stages = new Map<Tensor, number>();
  for (const tensor of [...graph].reverse()) {
    const stage = stages.get(tensor) ?? last;
    stages.set(tensor, stage);
    const needed = isNode(tensor, allReduceOp) ? stage - 1 : stage;
    for (const one of tensor.inputs) stages.set(one, Math.min(needed, stages.get(one) ?? last));
  }
  return stages;
}

/**
 * What each stage computes for itself instead of being handed it: what depends on no input, pieces of inputs, such as one weight of a vector
 * of them, and what cannot leave a model.
 */
function remadeIn(graph: readonly Tensor[]): ReadonlySet<Tensor> {
  const constants = new Set<Tensor>();
  const remade = new Set<Tensor>();
  const isAtHand = (tensor: Tensor) => isNode(tensor, input) || isNode(tensor, allReduceOp) || remade.has(tensor);
  for (const tensor of graph) {
    if (isNode(tensor, input) || isNode(tensor, allReduceOp)) continue;
    const isConstant = tensor.inputs.every((one) => constants.has(one));
    if (isConstant) constants.add(tensor);
    const isPiece = (isNode(tensor, sliceOp) || isNode(tensor, reshapeOp)) && tensor.inputs.every(isAtHand);
    const cannotLeave = tensor.dtype === "bool" || tensor.dtype === "float16";
    if (isConstant || isPiece || cannotLeave) remade.add(tensor);
  }
  return remade;
}

function sumOf({ id }: Tensor): string {
  return `sum:${id}`;
}

function partOf({ id }: Tensor): string {
  return `part:${id}`;
}

function carried({ id }: Tensor): string {
  return `carried:${id}`;
}
