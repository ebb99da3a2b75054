import { Option } from "commander";
import { askedText, logAsked, loggers } from "../logging/catalogue.js";
import { LOG_EVERY } from "../logging/runLog.js";
import { wholeFrom } from "./options.js";

export interface LogFlags {
  readonly log?: readonly string[];
  readonly logEvery?: number;
}

/** Where runs are logged to, for a command that trains. It is made when own modules have added theirs. */
export function logOptions(): readonly Option[] {
  const asked = loggers.entries.map(askedText).join(", ");
  return [
    new Option(
      "--log <where>",
      `also write losses, figures and pictures for another program: ${asked}; may be given several times. Files go to the folder of the run, or to one of its name within FOLDER (default: none)`,
    ).argParser((text: string, before: readonly string[] = []) => {
      logAsked(text);
      return [...before, text];
    }),
    new Option("--log-every <n>", `iterations between two whose losses are logged (default: ${LOG_EVERY})`).argParser(
      wholeFrom(1),
    ),
  ];
}
