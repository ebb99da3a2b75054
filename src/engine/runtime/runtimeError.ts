import { InputError } from "../../errors.js";
import { outOfMemory } from "../../outOfMemory.js";
import { shortened } from "../../quoting.js";
import type { Device } from "./session.js";

/** The place in ONNX Runtime's source that a message begins with: file, line, function, and the condition that did not hold. */
const SOURCE =
  /(?:[A-Za-z]:)?[\\/]\S+\.(?:cc|cpp|cuh?|hp?p?):\d+ .*(?:was false\. |\)(?: const)?(?:::<lambda\(.*?\)>)? )/;

/** An error of ONNX Runtime in one line, without its source; `InputError` where it found no memory, or a WebGPU adapter has no float16. */
export function runtimeError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.message.includes(NO_HALF)) {
    return new InputError(
      'the device "webgpu" has an adapter here that does not compute in float16 (shader-f16): choose --precision float32.',
    );
  }
  const memory = outOfMemory(error);
  return memory ?? new Error(reasonOf(error), { cause: error });
}

/** What ONNX Runtime says, in one line of at most 180 characters and without the place in its source. */
export function reasonOf({ message }: Error): string {
  return shortened(message.split("\n", 1).join().replace(SOURCE, "").trim());
}

/** The error of a session that could not be made: that the device is not there or lacks a kernel, or what `runtimeError` makes of it. */
export function deviceError(device: Device, error: Error): Error {
  if (device !== "cpu" && error.message.includes(PARTLY_ON_CPU)) {
    return new InputError(
      `the device "${device}" has no kernel for an operation of this program, which would run on the CPU: write it with other operations, or choose --device cpu.`,
    );
  }
  const isMissing = device !== "cpu" && /load|librar|adapter|driver|device|provider|backend/i.test(error.message);
  return isMissing ? missingDevice(device) : runtimeError(error);
}

/** The error of a device that is not there. */
export function missingDevice(device: Exclude<Device, "cpu">): InputError {
  return new InputError(`the device "${device}" cannot be used here: ${MISSING[device]}; choose --device cpu.`);
}

/** What ONNX Runtime says where a device cannot run all nodes and was told not to leave them to the CPU. */
const PARTLY_ON_CPU = "fallback to CPU EP has been explicitly disabled";

/** What it says where a shader is to compute in float16. */
const NO_HALF = "requires f16 but the device does not support it";

const MISSING = {
  cuda: "there is no NVIDIA GPU, or ONNX Runtime's library for it is not installed",
  webgpu: "there is no graphics adapter that WebGPU can use",
} as const;
