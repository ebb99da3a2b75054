import { at } from "./at.js";
import { type Held, readHeld, releaseHeld } from "./held.js";
import type { Session } from "./runtime/session.js";
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
  const carried = stages.flatMap((stage) => carriedFrom(stage, stages));
  async function runKeeping(inputs: Readonly<Record<string, Held>>): Promise<Record<string, Held>> {
    const values: Record<string, Held> = { ...inputs };
    try {
      for (const [i, stage] of stages.entries()) {
        const feeds = Object.keys(stage.inputs).map((name) => [name, named(values, name)] as const);
        Object.assign(values, await at(sessions, i).runKeeping(Object.fromEntries(feeds)));
        Object.assign(values, await summed(stage, values, allReduce));
      }
      return Object.fromEntries(Object.entries(values).filter(([name]) => !carried.includes(name)));
    } finally {
      for (const name of carried) if (values[name]) releaseHeld(values[name]);
    }
  }
  return {
    runKeeping,
    run: async (inputs) => readHeld(await runKeeping(inputs)),
    release: async () => void (await Promise.all(sessions.map((session) => session.release()))),
  };
}

/** The sums that stand after a stage, of one vector of all its parts. */
async function summed(
  { sums }: Stage,
  values: Readonly<Record<string, Held>>,
  allReduce: AllReduce,
): Promise<Record<string, Held>> {
  if (sums.size === 0) return {};
  const parts = [];
  for (const [name, part] of sums) {
    const { shape, data } = await readHeld(named(values, part));
    parts.push({ name, shape, data });
  }
  const numbers = new Float32Array(parts.reduce((total, { data }) => total + data.length, 0));
  const places: [string, TensorData][] = [];
  let start = 0;
  for (const { name, shape, data } of parts) {
    numbers.set(data, start);
    places.push([name, { shape, data: numbers.subarray(start, start + data.length) }]);
    start += data.length;
  }
  await allReduce(numbers);
  return Object.fromEntries(places);
}

function named(values: Readonly<Record<string, Held>>, name: string): Held {
  const value = values[name];
  if (!value) throw new Error(`"${name}" was not computed before it is used`);
  return value;
}
