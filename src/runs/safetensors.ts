import { z } from "zod";
import { sizeOf } from "../engine/shape.js";
import type { TensorData } from "../engine/tensor.js";
import { InputError } from "../errors.js";

/** Named tensors, and free notes beside them, as one safetensors file holds them. */
export interface Safetensors {
  /** The tensors by name. */
  readonly tensors: Readonly<Record<string, TensorData>>;
  /** The notes by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = "__metadata__";
const LENGTH_BYTES = 8;
const ELEMENT_BYTES = 4;
const LONGEST_HEADER = 100_000_000;

const tensorSchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const metadataSchema = z.record(z.string(), z.string());

/**
 * Named tensors in the safetensors format (https://huggingface.co/docs/safetensors, "Format"): the header's length in 8
 * little-endian bytes, the header as JSON (`{ name: { dtype, shape, data_offsets } }`) padded with spaces to a multiple of 8, then
 * the elements, little-endian and row-major, one tensor after the other in the order of `tensors`.
 * @param tensors float32 and int32 tensors; no name may be `__metadata__`
 * @param metadata notes that readers of the file see beside the tensors
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, TensorData>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let offset = 0;
  const entries: [string, object][] = Object.keys(metadata).length ? [[METADATA, metadata]] : [];
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (name === METADATA) throw new Error(`a tensor cannot be called ${METADATA}`);
    if (data.length !== sizeOf(shape)) {
      throw new Error(`tensor ${name} has ${data.length} elements and the shape [${shape.join(", ")}]`);
    }
    const dtype = data instanceof Float32Array ? "F32" : "I32";
    entries.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  // Not object literals: only Object.fromEntries takes "__proto__" for a name like any other.
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const start = LENGTH_BYTES + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(start + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - LENGTH_BYTES), true);
  bytes.set(json, LENGTH_BYTES);
  bytes.fill(0x20, LENGTH_BYTES + json.length, start);
  let position = start;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/**
 * The tensors of a safetensors file. Everything that the format promises is checked: the header's length, its JSON, and that the
 * tensors, each as long as its shape says, cover the rest of the file without a gap or an overlap.
 * @param bytes the whole file
 * @param source what messages call the bytes: the file's path
 * @throws InputError where the bytes are no whole safetensors file, or hold elements other than F32 and I32
 */
export function decodeSafetensors(bytes: Uint8Array, source = "the data"): Safetensors {
  const refuse = (problem: string): never => {
    throw new InputError(`${source} is not a whole safetensors file of float32 and int32 tensors: ${problem}.`);
  };
  const { header, body } = parts(bytes, refuse);
  const tensors: [string, TensorData][] = [];
  const spans: (readonly [number, number])[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) {
      metadata = metadataSchema.safeParse(value).data ?? refuse(`${METADATA} must map texts to texts`);
      continue;
    }
    const entry = tensorSchema.safeParse(value).data ?? refuse(`the header's entry of tensor "${name}" is malformed`);
    const { dtype, shape, data_offsets: span } = entry;
    if (dtype !== "F32" && dtype !== "I32") return refuse(`tensor "${name}" has the type ${dtype}`);
    if (span[1] > body.length)
      refuse(`tensor "${name}" ends after the file does, at byte ${span[1]} of ${body.length}`);
    if (span[1] - span[0] !== sizeOf(shape) * ELEMENT_BYTES) {
      refuse(`tensor "${name}" has ${span[1] - span[0]} bytes and the shape [${shape.join(", ")}]`);
    }
    spans.push(span);
    tensors.push([name, { shape, data: elements(dtype, body.subarray(...span)) }]);
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const covered = spans.reduce((end, [from, to]) => (from === end ? to : refuse(gapOrOverlap(end))), 0);
  if (covered !== body.length) refuse(gapOrOverlap(covered));
  return { tensors: Object.fromEntries(tensors), metadata };
}

function gapOrOverlap(position: number): string {
  return `its tensors leave a gap or overlap at byte ${position} after the header`;
}

function parts(bytes: Uint8Array, refuse: (problem: string) => never): { header: object; body: Uint8Array } {
  if (bytes.length < LENGTH_BYTES) return refuse(`it has ${bytes.length} bytes`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(bytes.length - LENGTH_BYTES, LONGEST_HEADER))) {
    return refuse(`its header would have ${length} bytes, and the file has ${bytes.length}`);
  }
  const start = LENGTH_BYTES + Number(length);
  return { header: parseHeader(bytes.subarray(LENGTH_BYTES, start), refuse), body: bytes.subarray(start) };
}

function parseHeader(json: Uint8Array, refuse: (problem: string) => never): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json));
  } catch {
    return refuse("its header is not JSON");
  }
  // The format's first byte is "{": an object, and no white space before it.
  if (json[0] !== 0x7b || typeof header !== "object" || header === null)
    return refuse("its header is not a JSON object");
  return header;
}

/** A copy, since a file's bytes need not lie on the boundary that a view of 4-byte elements asks for. */
function elements(dtype: "F32" | "I32", bytes: Uint8Array): Float32Array | Int32Array {
  const copy = new Uint8Array(bytes).buffer;
  return dtype === "F32" ? new Float32Array(copy) : new Int32Array(copy);
}
