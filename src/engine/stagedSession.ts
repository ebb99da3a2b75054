import { at } from "./at.js";
import { discardHeld, type Held, readHeld } from "./held.js";
import type { Session } from "./runtime/session.js";
import { fixedShape, sizeOf } from "./shape.js";
import type { Stage } from "./stages.js";
import type { TensorData } from "./tensor.js";

/** Sums numbers over all ranks, in place. */
export type AllReduce = (numbers: Float32Array) => Promise<void>;

/** What later stages take of a stage's outputs. */
export function carriedFrom({ outputs }: Stage, stages: readonly Stage[]): string[] {
  return Object.keys(outputs).filter((name) => stages.some(({ inputs }) => name in inputs));
}

/** The sessions of stages as one: they run one after the other, with a sum over all ranks between two of them. */
export function stagedSession(stages: readonly Stage[], sessions: readonly Session[], allReduce: AllReduce): Session {
  const steps = stages.map((stage, i) => ({
    session: at(sessions, i),
    takes: Object.keys(stage.inputs),
    /** What nobody takes after it. */
    frees: stages.flatMap((one) => carriedFrom(one, stages)).filter((name) => lastUse(name, stages) === i),
    vector: vectorOf(stage),
  }));
  async function runKeeping(inputs: Readonly<Record<string, Held>>): Promise<Record<string, Held>> {
    const values = new Map(Object.entries(inputs));
    for (const { session, takes, frees, vector } of steps) {
      const feeds = takes.map((name) => [name, named(values, name)] as const);
      const results = await session.runKeeping(Object.fromEntries(feeds));
      for (const [name, value] of Object.entries(results)) values.set(name, value);
      for (const name of frees) free(values, name);
      if (vector.parts.length === 0) continue;
      for (const { part, place } of vector.parts) {
        place.data.set((await readHeld(named(values, part))).data);
        free(values, part);
      }
      await allReduce(vector.numbers);
      for (const { sum, place } of vector.parts) values.set(sum, place);
    }
    return Object.fromEntries(values);
  }
  return {
    runKeeping,
    run: async (inputs) => readHeld(await runKeeping(inputs)),
    release: async () => void (await Promise.all(sessions.map((session) => session.release()))),
  };
}

/** The last stage that takes a value. */
function lastUse(name: string, stages: readonly Stage[]): number {
  return stages.findLastIndex(({ inputs }) => name in inputs);
}

/** The vector that is summed over all ranks after a stage, and where the parts and the sums lie in it. */
function vectorOf({ sums, outputs }: Stage) {
  const sizes = [...sums].map(([sum, part]) => ({
    sum,
    part,
    shape: fixedShape("allReduce", outputs[part]?.shape ?? []),
  }));
  const numbers = new Float32Array(sizes.reduce((total, { shape }) => total + sizeOf(shape), 0));
  const parts: { readonly sum: string; readonly part: string; readonly place: TensorData }[] = [];
  let start = 0;
  for (const { shape, ...names } of sizes) {
    const end = start + sizeOf(shape);
    parts.push({ ...names, place: { shape, data: numbers.subarray(start, end) } });
    start = end;
  }
  return { numbers, parts };
}

/** Frees a value that was made within a run. */
function free(values: Map<string, Held>, name: string): void {
  discardHeld(named(values, name));
  values.delete(name);
}

function named(values: ReadonlyMap<string, Held>, name: string): Held {
  const value = values.get(name);
  if (!value) throw new Error(`"${name}" was not computed before it is used`);
  return value;
}
