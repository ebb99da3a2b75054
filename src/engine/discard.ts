import type { TensorData } from "./tensor.js";

const { port1: nowhere, port2: other } = new MessageChannel();
other.close();

/**
 * Frees the memory of values at once, which nobody uses any more; nothing where other values lie in it too. Left to the garbage collector it is
 * freed as well; but with some megabytes from each run that collects all the time, beside the computation.
 */
export function discard({ data }: TensorData): void {
  const { buffer, byteLength } = data;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength > byteLength) return;
  // What is transferred to a port that nobody reads is gone.
  nowhere.postMessage(null, [buffer]);
}
