// @ts-check
import { fileURLToPath } from "node:url";

/**
 * @typedef {"float32" | "float16" | "TF32"} Precision of products and convolutions; TF32 is float32 whose factors keep 10 bits
 * @typedef {{ devices: readonly string[], libraries?: string | undefined, python?: string | undefined }} Machine devices of Monge, folders
 *   of the libraries that they need, and a Python whose PyTorch has CUDA
 * @typedef {import("./participants.mjs").Participant} Participant
 */

/** In the order in which they are measured. */
export const precisions = /** @type {const} */ (["float32", "float16", "TF32"]);

const torch = [
  { name: "torch eager", file: "torch_eager.py" },
  { name: "torch.compile", file: "torch_compile.py" },
];

/** The name of every participant that there can be, Monge on each device first. */
export function namesOnDevices(/** @type {readonly string[]} */ devices) {
  return [...devices.map(nameOn), ...torch.map(({ name }) => name)];
}

/**
 * Who computes in a precision: WebGPU has no TF32 and a CPU nothing but float32; PyTorch's float16 is another recipe and no part of this.
 * @param {Precision} precision
 * @param {Machine} machine
 * @returns {Participant[]}
 */
export function participantsOnDevices(precision, { devices, libraries, python }) {
  const able = devices.filter((device) => device === "cuda" || precision === "float32" || isHalfOn(device, precision));
  const peers = python !== undefined && precision !== "float16" ? torch : [];
  return [
    ...able.map((device) => oursOn(device, precision, libraries)),
    ...peers.map(({ name, file }) => torchOn(name, [python ?? "", here(file), "--device", "cuda"], precision)),
  ];
}

function isHalfOn(/** @type {string} */ device, /** @type {Precision} */ precision) {
  return device === "webgpu" && precision === "float16";
}

/** @returns {Participant} */
function oursOn(
  /** @type {string} */ device,
  /** @type {Precision} */ precision,
  /** @type {string | undefined} */ libraries,
) {
  const type = precision === "float16" ? "float16" : "float32";
  return {
    name: nameOn(device),
    command: [process.execPath, here("oursOnDevice.mjs"), device, type],
    // ONNX Runtime lets NVIDIA's libraries use TF32 wherever they may, and Node's build of it has no setting.
    environment: {
      ...(precision !== "TF32" && { NVIDIA_TF32_OVERRIDE: "0" }),
      ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }),
    },
    everyCore: true,
  };
}

/** @returns {Participant} */
function torchOn(
  /** @type {string} */ name,
  /** @type {readonly string[]} */ command,
  /** @type {Precision} */ precision,
) {
  return { name, command: precision === "TF32" ? [...command, "--tf32"] : command, everyCore: true };
}

/** What Monge on a device is called. */
export function nameOn(/** @type {string} */ device) {
  return `Monge, ${device}`;
}

function here(/** @type {string} */ path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
