type Runtime = typeof import("onnxruntime-node");

let loaded: Promise<Runtime> | undefined;

/** ONNX Runtime, loaded with the first session. */
export function loadRuntime(): Promise<Runtime> {
  loaded ??= import("onnxruntime-node").then((ort) => {
    // What goes wrong is thrown, and told once; ONNX Runtime would also write it to the terminal.
    ort.env.logLevel = "fatal";
    return ort;
  });
  return loaded;
}

/** Of sessions and their runs, for the same reason. */
export const FATAL_ONLY = 4;
