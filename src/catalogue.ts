import { InputError } from "./errors.js";
import { closest } from "./nearest.js";

/** What everything that can be chosen by name says of itself. Lists, help, messages and documentation are made of it. */
export interface Described {
  /** What it goes by on the command line, in configurations and in results. */
  readonly name: string;
  /** Its name in reports. */
  readonly title: string;
  /** What it is, in one sentence. */
  readonly summary: string;
  /** Its formula, in TeX. */
  readonly formula?: string | undefined;
  /** Where it comes from: paper, section and equation. */
  readonly source?: string | undefined;
  /** What the literature calls it or what it makes possible, in small letters, each with what to write here instead: `{ mse: "ls" }`. */
  readonly aliases?: Readonly<Record<string, string>> | undefined;
  /** How its curves are drawn; without one it takes a stroke that is free. */
  readonly stroke?: Stroke | undefined;
}

/** The colour of a curve, `#rrggbb`, and its dashes. */
export interface Stroke {
  readonly color: string;
  readonly dash: "solid" | "dashed" | "dotted" | "dash-dotted" | "long-dashed" | "dash-dot-dotted";
}

/** The shape of the marks on a curve. */
export type Mark = "circle" | "square" | "triangle" | "diamond" | "cross";

/** The things of one kind that can be chosen by name. */
export interface Catalogue<Entry extends Described> {
  /** What one of them is called: "loss". */
  readonly kind: string;
  /** Those that the project brings, in their order, then those that were added. */
  readonly entries: readonly Entry[];
  /** The names of all entries, in the order of `entries`. */
  readonly names: readonly string[];
  /**
   * Whether an entry goes by this name.
   * @param name as on the command line, in small letters
   */
  has(name: string): boolean;
  /**
   * Whether it was added by the user, and in this thread: another thread does not know it.
   * @param name as on the command line, in small letters
   */
  wasAdded(name: string): boolean;
  /**
   * The entry of a name.
   * @param name as on the command line, in small letters
   * @throws InputError where there is none of that name, with the known names and the nearest
   */
  get(name: string): Entry;
  /**
   * Adds one of the user's own. From then on it is found wherever the others are.
   * @param entry what `defineLoss` and its like make, or a plain object of that form
   * @throws InputError where the name is taken
   */
  add(entry: Entry): void;
}

/** A catalogue of the given entries. */
export function catalogue<Entry extends Described>(kind: string, own: readonly Entry[]): Catalogue<Entry> {
  const entries = [...own];
  const names = () => entries.map(({ name }) => name);
  return {
    kind,
    entries,
    get names() {
      return names();
    },
    wasAdded: (name) => entries.findIndex((entry) => entry.name === name) >= own.length,
    has: (name) => entries.some((entry) => entry.name === name),
    get(name) {
      const found = entries.find((entry) => entry.name === name);
      if (found) return found;
      throw new InputError(
        `There is no ${kind} called "${name}". Did you mean ${closest(name, names())}? Known: ${names().join(", ")}.`,
      );
    },
    add(entry) {
      if (entries.some(({ name }) => name === entry.name)) {
        throw new InputError(`There is a ${kind} called "${entry.name}" already: give yours another name.`);
      }
      entries.push(entry);
    },
  };
}
