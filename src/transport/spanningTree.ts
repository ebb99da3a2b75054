import type { Potentials } from "./certificate.js";

/**
 * The spanning tree of the network simplex. Nodes are the sources, then the targets, then a root; arcs run from sources to
 * targets. Each node other than the root hangs by one arc from its parent. Arcs to the root are not part of the problem: they
 * tie the parts of the tree together, point to the root and never carry flow.
 *
 * The tree is strongly feasible (Cunningham 1976): every arc without flow points to the root. The choice of the leaving arc keeps
 * it so, and that is why the many pivots that move no mass cannot go round in circles.
 */
export interface SpanningTree {
  /** `potential[target] - potential[source]` is the cost of every arc of the tree. */
  readonly potential: Float64Array;
  /**
   * Brings the arc from `source` to `target` into the tree and takes another one out.
   * @returns that end of the arc which now hangs from the other: the potentials of the nodes below it have changed
   */
  pivot(source: number, target: number, cost: number): number;
  /** Sums the potentials anew along the tree, which removes the rounding that many pivots have left. */
  refresh(): void;
  /** Calls `visit` for each node, parents first: its potential is its parent's, 0 for the root, plus `cost` (with its sign). */
  forEachNode(visit: (node: number, parent: number, cost: number) => void): void;
  /** Calls `visit` for a node and all below it. */
  forEachBelow(top: number, visit: (node: number) => void): void;
  /** Calls `visit` for each arc that carries flow. */
  forEachFlow(visit: (source: number, target: number, flow: number, cost: number) => void): void;
}

/** Arcs that carry flow and form no cycle, which is what a tree starts from. */
export interface Forest {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly flow: Float64Array;
  readonly cost: Float64Array;
  readonly count: number;
}

/**
 * @param nodes how many sources and targets there are; the sources come first
 * @param start potentials; the node by which a part of the forest hangs from the root keeps its own
 */
export function createSpanningTree(sources: number, nodes: number, forest: Forest, start: Potentials): SpanningTree {
  const root = nodes;
  const potential = new Float64Array(nodes + 1);
  const parent = new Int32Array(nodes + 1).fill(-1);
  const depth = new Int32Array(nodes + 1);
  // Of the arc to the parent: its cost, its flow, and whether it points to the parent.
  const cost = new Float64Array(nodes + 1);
  const flow = new Float64Array(nodes + 1);
  const up = new Uint8Array(nodes + 1);
  // The tree in preorder, as a ring: a subtree is a node and those after it that lie deeper.
  const next = new Int32Array(nodes + 1);
  const previous = new Int32Array(nodes + 1);

  hangForest();

  function hangForest(): void {
    const first = new Int32Array(nodes).fill(-1);
    const following = new Int32Array(2 * forest.count);
    for (let arc = 0; arc < forest.count; arc++) {
      following[2 * arc] = first[forest.source[arc]!]!;
      first[forest.source[arc]!] = 2 * arc;
      following[2 * arc + 1] = first[forest.target[arc]!]!;
      first[forest.target[arc]!] = 2 * arc + 1;
    }
    const stack = new Int32Array(nodes);
    let last = root;
    for (let top = 0; top < nodes; top++) {
      if (parent[top]! >= 0) continue;
      parent[top] = root;
      depth[top] = 1;
      up[top] = 1;
      cost[top] = top < sources ? start.u[top]! : -start.v[top - sources]!;
      let height = 0;
      stack[height++] = top;
      while (height > 0) {
        const node = stack[--height]!;
        next[last] = node;
        previous[node] = last;
        last = node;
        for (let end = first[node]!; end >= 0; end = following[end]!) {
          const arc = end >> 1;
          const child = (end & 1) === 0 ? forest.target[arc]! : forest.source[arc]!;
          if (child === parent[node]) continue;
          parent[child] = node;
          depth[child] = depth[node]! + 1;
          up[child] = child < sources ? 1 : 0;
          cost[child] = forest.cost[arc]!;
          flow[child] = forest.flow[arc]!;
          stack[height++] = child;
        }
      }
    }
    next[last] = root;
    previous[root] = last;
    refresh();
  }

  function refresh(): void {
    for (let node = next[root]!; node !== root; node = next[node]!)
      potential[node] = potential[parent[node]!]! + (up[node] === 1 ? -cost[node]! : cost[node]!);
  }

  function pivot(source: number, target: number, arcCost: number): number {
    // The cycle runs along the new arc to the target, up to the first common ancestor, and down to the source. Flow falls on arcs
    // against that direction. Of those that reach zero first, the last one met from the ancestor on leaves.
    let a = source;
    let b = target;
    let change = Infinity;
    let leaving = -1;
    let targetChange = Infinity;
    let targetLeaving = -1;
    while (a !== b) {
      if (depth[a]! >= depth[b]!) {
        if (up[a] === 1 && flow[a]! < change) {
          change = flow[a]!;
          leaving = a;
        }
        a = parent[a]!;
      } else {
        if (up[b] === 0 && flow[b]! <= targetChange) {
          targetChange = flow[b]!;
          targetLeaving = b;
        }
        b = parent[b]!;
      }
    }
    const moveTarget = targetChange <= change;
    if (moveTarget) {
      change = targetChange;
      leaving = targetLeaving;
    }
    if (change > 0) {
      for (let node = source; node !== a; node = parent[node]!) flow[node]! += up[node] === 1 ? -change : change;
      for (let node = target; node !== a; node = parent[node]!) flow[node]! += up[node] === 1 ? change : -change;
    }
    const reducedCost = arcCost + potential[source]! - potential[target]!;
    if (moveTarget) rehang(target, source, leaving, arcCost, 0, change, reducedCost);
    else rehang(source, target, leaving, arcCost, 1, change, -reducedCost);
    return moveTarget ? target : source;
  }

  /**
   * Moves the subtree of `leaving` under `anchor`, with `top`, a node of it, as its new top: the path between `top` and
   * `leaving` is turned over, and what hangs from it is visited once, in its new preorder.
   */
  function rehang(
    top: number,
    anchor: number,
    leaving: number,
    arcCost: number,
    arcUp: number,
    arcFlow: number,
    potentialChange: number,
  ): void {
    const before = previous[leaving]!;
    let node = top;
    let newParent = anchor;
    let newCost = arcCost;
    let newUp = arcUp;
    let newFlow = arcFlow;
    let newDepth = depth[anchor]! + 1;
    let last = -1;
    let done = -1;
    let after = -1;
    for (;;) {
      const [oldParent, oldCost, oldUp, oldFlow] = [parent[node]!, cost[node]!, up[node]!, flow[node]!];
      const oldDepth = depth[node]!;
      const depthChange = newDepth - oldDepth;
      parent[node] = newParent;
      cost[node] = newCost;
      up[node] = newUp;
      flow[node] = newFlow;
      let visited = node;
      do {
        const following = next[visited]!;
        if (last >= 0) {
          next[last] = visited;
          previous[visited] = last;
        }
        last = visited;
        potential[visited]! += potentialChange;
        depth[visited]! += depthChange;
        visited = following === done ? after : following;
      } while (depth[visited]! > oldDepth);
      after = visited;
      done = node;
      if (node === leaving) break;
      newParent = node;
      newCost = oldCost;
      newUp = 1 - oldUp;
      newFlow = oldFlow;
      newDepth++;
      node = oldParent;
    }
    next[before] = after;
    previous[after] = before;
    const behind = next[anchor]!;
    next[anchor] = top;
    previous[top] = anchor;
    next[last] = behind;
    previous[behind] = last;
  }

  function forEachNode(visit: (node: number, parent: number, cost: number) => void): void {
    for (let node = next[root]!; node !== root; node = next[node]!)
      visit(node, parent[node]!, up[node] === 1 ? -cost[node]! : cost[node]!);
  }

  function forEachBelow(top: number, visit: (node: number) => void): void {
    const above = depth[top]!;
    let node = top;
    do {
      visit(node);
      node = next[node]!;
    } while (depth[node]! > above);
  }

  function forEachFlow(visit: (source: number, target: number, flow: number, cost: number) => void): void {
    for (let node = 0; node < nodes; node++) {
      if (flow[node]! === 0) continue;
      if (node < sources) visit(node, parent[node]!, flow[node]!, cost[node]!);
      else visit(parent[node]!, node, flow[node]!, cost[node]!);
    }
  }

  return { potential, pivot, refresh, forEachNode, forEachBelow, forEachFlow };
}
