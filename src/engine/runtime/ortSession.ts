import type { InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";
import { type DeviceTensor, type Held, isInMemory, readHeld, releaseHeld } from "../held.js";
import type { Shape } from "../shape.js";
import type { TensorData } from "../tensor.js";
import { runtimeError } from "./runtimeError.js";
import type { Device, Session } from "./session.js";

/** Copies a tensor of ONNX Runtime to memory. */
export type Reader = (tensor: Tensor) => Promise<TensorData>;

/** What is special to one build of ONNX Runtime and one device. */
export interface Build {
  readonly Tensor: TensorConstructor;
  readonly device: Device;
  readonly read: Reader;
}

/** A session of ONNX Runtime. Values in memory are handed over without a copy. */
export function ortSession(session: InferenceSession, build: Build): Session {
  async function runKeeping(inputs: Readonly<Record<string, Held>>): Promise<Record<string, Held>> {
    const feeds = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toOrt(value, build)]));
    const results = await session.run(feeds).catch((error: unknown) => {
      throw runtimeError(error);
    });
    const entries = Object.entries(results).map(
      async ([name, tensor]) => [name, await fromOrt(tensor, build)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  return {
    runKeeping,
    async run(inputs) {
      const results = await runKeeping(inputs);
      try {
        return await readHeld(results);
      } finally {
        releaseHeld(results);
      }
    },
    release: () => session.release(),
  };
}

/** Copies a tensor by the means of ONNX Runtime itself. */
export async function readTensor(tensor: Tensor): Promise<TensorData> {
  return { shape: tensor.dims, data: (await tensor.getData()) as Float32Array };
}

function toOrt(value: Held, { Tensor, device }: Build): Tensor {
  if (value instanceof KeptTensor) return value.on(device);
  if (!isInMemory(value)) throw new TypeError("values on a device can be given to programs of this library only");
  const { data, shape } = value;
  return data instanceof Float32Array ? new Tensor("float32", data, shape) : new Tensor("int32", data, shape);
}

async function fromOrt(tensor: Tensor, { device, read }: Build): Promise<Held> {
  return tensor.location === "cpu" ? readTensor(tensor) : new KeptTensor(tensor, device, read);
}

/** A tensor that ONNX Runtime keeps on a device. */
class KeptTensor implements DeviceTensor {
  readonly shape: Shape;
  readonly #tensor: Tensor;
  readonly #device: Device;
  readonly #read: Reader;
  #isReleased = false;

  constructor(tensor: Tensor, device: Device, read: Reader) {
    this.shape = tensor.dims;
    this.#tensor = tensor;
    this.#device = device;
    this.#read = read;
  }

  async read(): Promise<TensorData> {
    return this.#read(this.on(this.#device)).catch((error: unknown) => {
      throw runtimeError(error);
    });
  }

  release(): void {
    if (!this.#isReleased) this.#tensor.dispose();
    this.#isReleased = true;
  }

  /** The tensor, for a program on `device`. */
  on(device: Device): Tensor {
    if (this.#isReleased) throw new Error("these values have been released on their device");
    if (device === this.#device) return this.#tensor;
    throw new Error(`values on ${this.#device} are given to a program on ${device}; read them first`);
  }
}
