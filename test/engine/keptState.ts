import {
  add,
  compile,
  type Device,
  gradients,
  type Held,
  matmul,
  mean,
  mul,
  readHeld,
  releaseHeld,
  relu,
  square,
  sub,
  type Tensor,
  type TreeOf,
} from "../../src/engine/index.js";

/** What came of a few updates, as plain data that a page can hand over. */
export interface KeptRun {
  readonly losses: number[];
  readonly weights: number[];
  readonly momentum: number[];
  /** Whether the state was on a device between the updates. */
  readonly onDevice: boolean;
  /** What was said when values were used after they had been released, and when they were given to a program on the CPU. */
  readonly refusals: string[];
}

declare global {
  /** `runKept`, in a page. */
  var updatesOn: typeof runKept;
}

const UPDATES = 5;
const state = { weights: { shape: [3, 1] }, slots: { momentum: { shape: [3, 1] } } };
const rows = { x: { shape: [4, 3] }, y: { shape: [4, 1] } };

type State<T> = TreeOf<typeof state, T>;

/** Gradient descent with momentum on the squares of relu(x w) - y. */
function update({ state, x, y }: { readonly state: State<Tensor>; readonly x: Tensor; readonly y: Tensor }) {
  const loss = mean(square(sub(relu(matmul(x, state.weights)), y)));
  const [gradient] = gradients(loss, [state.weights]);
  const momentum = add(mul(state.slots.momentum, 0.9), gradient);
  return { next: { weights: sub(state.weights, mul(momentum, 0.1)), slots: { momentum } }, loss };
}

/** Updates whose state stays on the device from one to the next, then comes to memory. */
export async function runKept(device: Device): Promise<KeptRun> {
  const program = await compile(update, { state, ...rows }, { device, keep: ["next"] });
  const x = { shape: [4, 3], data: Float32Array.of(1, 0.5, -1, 0, 2, 1, -1, 1, 0.5, 2, -0.5, 0.25) };
  const y = { shape: [4, 1], data: Float32Array.of(1, -1, 2, 0.5) };
  let current: State<Held> = {
    weights: { shape: [3, 1], data: Float32Array.of(0.5, 0.25, -0.5) },
    slots: { momentum: { shape: [3, 1], data: new Float32Array(3) } },
  };
  const losses: number[] = [];
  for (let i = 0; i < UPDATES; i++) {
    const { next, loss } = await program.run({ state: current, x, y });
    releaseHeld(current);
    current = next;
    losses.push(...loss.data);
  }
  const { weights, slots } = await readHeld(current);
  const refusals = await refusalsOf(current.weights);
  await program.release();
  return {
    losses,
    weights: [...weights.data],
    momentum: [...slots.momentum.data],
    onDevice: !("data" in current.weights),
    refusals,
  };
}

/** Gives values to a program on the CPU, and reads them after they have been released. */
async function refusalsOf(values: Held): Promise<string[]> {
  const onCpu = await compile(({ x }) => ({ y: relu(x) }), { x: values });
  const attempts = [
    () => onCpu.run({ x: values }),
    () => {
      releaseHeld(values);
      releaseHeld(values);
      return readHeld(values);
    },
  ];
  const refusals: string[] = [];
  for (const attempt of attempts) await attempt().catch((error: Error) => refusals.push(error.message));
  await onCpu.release();
  return refusals;
}
