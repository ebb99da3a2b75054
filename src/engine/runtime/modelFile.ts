import type { InferenceSession } from "onnxruntime-common";
import { InputError } from "../../errors.js";
import { FATAL_ONLY, loadRuntime } from "./nodeRuntime.js";
import { ortSession, readTensor } from "./ortSession.js";
import { reasonOf } from "./runtimeError.js";
import type { Session } from "./session.js";

/** An input or output of a model. An axis of open length goes by a name, which may be empty. */
export interface ModelValue {
  readonly name: string;
  /** Of its elements, such as "float32". */
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** A model that was made elsewhere, and what it says of itself. */
export interface ModelFile extends Session {
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly ModelValue[];
}

/**
 * Opens an ONNX file with onnxruntime-node. Weights that the model keeps in files beside it are found there.
 * @throws InputError where the file is missing or no model that ONNX Runtime can run
 */
export async function openModelFile(path: string): Promise<ModelFile> {
  const ort = await loadRuntime();
  const session = await ort.InferenceSession.create(path, { logSeverityLevel: FATAL_ONLY }).catch((error: Error) => {
    throw new InputError(`${path} cannot be used as an ONNX model (${reasonOf(error)}).`);
  });
  return {
    inputs: session.inputMetadata.map(describe),
    outputs: session.outputMetadata.map(describe),
    ...ortSession(session, { Tensor: ort.Tensor, device: "cpu", read: readTensor }),
  };
}

function describe(value: InferenceSession.ValueMetadata): ModelValue {
  return value.isTensor ? value : { name: value.name, type: "not a tensor", shape: [] };
}
