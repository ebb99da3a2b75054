import { datasets } from "../data/catalogue.js";
import { type Kind, kindsText } from "../data/sources/kinds.js";

/** What a command takes as data, for its help: the names of data sets and the kinds of paths. */
export function dataHelp(kinds: readonly Kind[], names: readonly string[] = datasets.names): string {
  return kindsText(kinds).replace("the name of a data set", names.join(", "));
}
