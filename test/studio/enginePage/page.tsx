import "../../../studio/src/session/runtime.js";
import { runKept } from "../../engine/keptState.js";

globalThis.updatesOn = runKept;
