import * as ort from "onnxruntime-node";

// What goes wrong is thrown, and told once; ONNX Runtime would also write it to the terminal.
ort.env.logLevel = "fatal";

/** Of sessions and their runs, for the same reason. */
export const FATAL_ONLY = 4;
export { ort };
