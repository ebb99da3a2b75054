import { configureRuntime } from "../../../src/engine/runtime/browser.js";
import { THREADS } from "./machine.js";
import { RUNTIME_FILES } from "./runtimeFiles.js";

configureRuntime({ threads: THREADS, ...RUNTIME_FILES });
