import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Drawing, drawing } from "./drawing.js";

const { document } = parseHTML("<html></html>");

/** Draws with Observable Plot. */
export function plot(options: Plot.PlotOptions & { readonly width: number; readonly height: number }): Drawing {
  const element = Plot.plot({ ...options, document });
  element.querySelector("style")?.remove();
  return drawing(options.width, options.height, element.innerHTML.replace(/<[^>]*>/g, withShortNumbers));
}

/** A tag with two decimals: Plot writes coordinates in full precision, which doubles the size of a file. */
function withShortNumbers(tag: string): string {
  return tag.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));
}
