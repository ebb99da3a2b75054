import type { InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";
import type { TensorData } from "../tensor.js";
import { runtimeError } from "./runtimeError.js";

/** Runs a session on concrete values. The values are handed over without a copy. */
export async function runWith(
  ort: { readonly Tensor: TensorConstructor },
  session: InferenceSession,
  inputs: Readonly<Record<string, TensorData>>,
): Promise<Record<string, TensorData>> {
  const feeds = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toOrt(ort, value)]));
  const results = await session.run(feeds).catch((error: unknown) => {
    throw runtimeError(error);
  });
  const entries = Object.entries(results).map(async ([name, tensor]) => [name, await fromOrt(tensor)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function toOrt(ort: { readonly Tensor: TensorConstructor }, { data, shape }: TensorData): Tensor {
  return data instanceof Float32Array ? new ort.Tensor("float32", data, shape) : new ort.Tensor("int32", data, shape);
}

async function fromOrt(tensor: Tensor): Promise<TensorData> {
  return { shape: tensor.dims, data: (await tensor.getData()) as Float32Array };
}
