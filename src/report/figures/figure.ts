import type { Drawing } from "../drawing/drawing.js";
import type { Look } from "../looks.js";

/** One picture of the report: it stands on the page and in the folder of pictures. */
export interface Figure {
  /** The name of its files, without the ending. */
  readonly name: string;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
  readonly drawing: Drawing;
  /** The pairing that it is about. */
  readonly look?: Look;
  /** What else is over it. */
  readonly title?: string;
}

/** Figures that show the same of several pairings, or several things of all pairings. */
export interface Family {
  readonly title: string;
  /** What a newcomer needs to read them, in a sentence or two. */
  readonly caption: string;
  readonly figures: readonly Figure[];
  /** Whether two stand in a row, however many pairings each is about. */
  readonly wide?: boolean;
  /** Figures that a reader asks for. */
  readonly more?: { readonly title: string; readonly figures: readonly Figure[] };
}
