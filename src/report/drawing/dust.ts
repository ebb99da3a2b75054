import type { RenderFunction } from "@observablehq/plot";

export interface DustOptions {
  readonly color: string;
  /** Diameter of a point in pixels. */
  readonly size: number;
  readonly opacity?: number;
}

/**
 * A mark of many small points, all in one path: a fifth of the size of one circle each. Points that are not finite or lie outside of
 * the axes are left out.
 * @param values coordinates `[count, dimension]`, flat; the first two are drawn
 */
export function dust(
  values: Float32Array | Float64Array,
  dimension: number,
  { color, size, opacity = 1 }: DustOptions,
): RenderFunction {
  return (
    _index,
    { x, y },
    _values,
    { width, height, marginLeft, marginRight, marginTop, marginBottom },
    { document },
  ) => {
    if (!x || !y) return null;
    let path = "";
    for (let i = 0; i + 1 < values.length; i += dimension) {
      const px = Number(x(values[i]));
      const py = Number(y(values[i + 1]));
      const inside = px >= marginLeft && px <= width - marginRight && py >= marginTop && py <= height - marginBottom;
      if (inside) path += `M${px.toFixed(1)},${py.toFixed(1)}h0`;
    }
    const element = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const attributes = { d: path, stroke: color, "stroke-width": size, "stroke-opacity": opacity };
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.setAttribute("stroke-linecap", "round");
    element.setAttribute("fill", "none");
    return element as SVGElement;
  };
}
