import "../../../studio/src/session/runtime.js";
import { tableSteps } from "../../training/tableSteps.js";

globalThis.stepsOnTable = tableSteps;
