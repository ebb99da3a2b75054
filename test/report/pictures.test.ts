import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { FILE_MARGIN } from "../../src/report/drawing/drawing.js";
import { logAxis, robustAxis } from "../../src/report/drawing/scale.js";
import { density } from "../../src/report/figures/density.js";
import { drawImages } from "../../src/report/figures/imageGrids.js";
import { drawSamples } from "../../src/report/figures/samples.js";
import { centred, drawSurface } from "../../src/report/figures/surface.js";
import { imageGrid, pngFile, svgFile } from "../../src/report/index.js";

const RED = "#ff0000";

/** How many pixels of a PNG are nearly of a colour. */
async function countPixels(png: Buffer, [red, green, blue]: readonly [number, number, number]): Promise<number> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let i = 0; i < data.length; i += info.channels) {
    if (Math.abs(data[i]! - red) + Math.abs(data[i + 1]! - green) + Math.abs(data[i + 2]! - blue) < 120) count++;
  }
  return count;
}

describe("samples over real ones", () => {
  const rng = createRng(1);
  const real = rng.normals(400);

  it("are a PNG of twice the drawing's size and its margin, with the fakes in their colour", async () => {
    const drawing = drawSamples({ samples: rng.normals(400), real, shape: [2], color: RED });
    const png = await pngFile(drawing);
    const { width, height, format } = await sharp(png).metadata();
    expect({ width, height, format }).toEqual({
      width: 2 * (drawing.width + 2 * FILE_MARGIN),
      height: 2 * (drawing.height + 2 * FILE_MARGIN),
      format: "png",
    });
    expect(await countPixels(png, [255, 0, 0])).toBeGreaterThan(1000);
  });

  it("lie where their coordinates say, the second one upwards", async () => {
    const corners = Float32Array.of(-1, -1, 1, 1);
    const drawing = drawSamples({ samples: Float32Array.of(0.9, 0.9), real: corners, shape: [2], color: RED });
    const { data, info } = await sharp(await pngFile(drawing))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const reds = [...Array(info.width * info.height).keys()].filter(
      (i) => data[i * info.channels]! > 200 && data[i * info.channels + 1]! < 60,
    );
    // The legend has a red dot too, at the top; the sample is the lowest red.
    const last = reds.at(-1)!;
    expect((last % info.width) / info.width).toBeGreaterThan(0.7);
    expect(Math.floor(last / info.width) / info.height).toBeLessThan(0.4);
  });

  it("say how many lie outside of the picture, those that are no numbers too", () => {
    const samples = Float32Array.of(0, 0, 1e6, 0, Number.NaN, 0);
    expect(svgFile(drawSamples({ samples, real, shape: [2], color: RED }))).toContain("2 of 3 lie outside");
  });

  it.each([[1], [3]])("can be drawn in %i dimensions", (dimension) => {
    const values = rng.normals(30 * dimension);
    const svg = svgFile(drawSamples({ samples: values, real: values, shape: [dimension], color: RED }));
    expect(svg).toContain(RED);
    expect(svg).not.toContain("NaN");
  });
});

describe("a surface", () => {
  const at = { x: [-1, 1], y: [-1, 1], rows: 3, columns: 3, middle: 0 } as const;
  const none = new Float32Array(0);

  it("has a scale from 0 to 1 for a probability, whatever its values", async () => {
    const values = Float32Array.from({ length: 9 }, () => 0.25);
    const { svg } = await drawSurface({ ...at, values }, "probability", none);
    expect(svg).toContain("probability: bounded, 0 to 1 (here 0.250 to 0.250)");
    expect(svg).toContain(">0.8</text>");
  });

  it("has a scale over the values for a score", async () => {
    const values = Float32Array.of(-30, 0, 12, 1, 1, 1, 1, 1, 1);
    const { svg } = await drawSurface({ ...at, values }, "score", none);
    expect(svg).toContain("score: unbounded (here −30.0 to 12.0)");
  });

  it("has a scale that is given, so that two can be compared", async () => {
    const values = Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1);
    const { svg } = await drawSurface({ ...at, values }, "score", none, [-4, 4]);
    expect(svg).toContain(">−4</text>");
    expect(svg).toContain("(here 0 to 1.00)");
  });

  it("has its 0 half-way between real and generated where it is centred", () => {
    const { values, middle } = centred({ ...at, values: Float32Array.of(3, 5, 9), middle: 5 });
    expect([...values, middle]).toEqual([-2, 0, 4, 0]);
  });

  it("puts the rows from the bottom up, bright where the output is large", async () => {
    const values = Float32Array.of(0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1);
    const png = await pngFile(await drawSurface({ ...at, values }, "probability", none));
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const brightness = (y: number) => {
      const i = (Math.round(y * info.height) * info.width + info.width / 2) * info.channels;
      return data[i]! + data[i + 1]!;
    };
    expect(brightness(0.08)).toBeGreaterThan(brightness(0.7) + 200);
  });

  it("survives values that are not finite", async () => {
    const values = Float32Array.of(0, Number.NaN, 1, Number.POSITIVE_INFINITY, 0, 1, 2, 3, 4);
    const { svg } = await drawSurface({ ...at, values }, "score", none);
    expect(svg.replace(/base64,[^"]*/g, "")).not.toMatch(/NaN|Infinity/);
  });
});

describe("axes", () => {
  it("are whole powers of ten where they are logarithmic, with room below for a zero", () => {
    expect(logAxis([0.02, 3]).domain).toEqual([0.01, 10]);
    expect(logAxis([0, 0.02, 3]).domain).toEqual([0.001, 10]);
    expect((logAxis([1e-30, 1]).ticks as number[]).length).toBeLessThanOrEqual(7);
    expect(logAxis([0, 0]).domain).toHaveLength(2);
  });

  it("bend only for what explodes", () => {
    expect(robustAxis([0, 5], 10).type).toBe("linear");
    expect(robustAxis([0, 5, 1e6], 10).type).toBe("symlog");
    expect(robustAxis([Number.NaN], 10).domain).toEqual([-1, 1]);
  });
});

it("estimates a density that integrates to 1 and peaks where the numbers are", () => {
  const curve = density(createRng(2).normals(2000), [-5, 5]);
  const step = curve[1]!.x - curve[0]!.x;
  expect(curve.reduce((sum, { y }) => sum + y * step, 0)).toBeCloseTo(1, 2);
  const peak = curve.reduce((best, point) => (point.y > best.y ? point : best));
  expect(Math.abs(peak.x)).toBeLessThan(0.3);
  expect(peak.y).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 1);
});

describe("a grid of images", () => {
  it("keeps colours and order, and is enlarged by whole pixels", async () => {
    const [red, blue] = [
      [1, -1, -1],
      [-1, -1, 1],
    ];
    const png = await imageGrid(Float32Array.from([...red!, ...blue!, ...red!]), [1, 1, 3], 2, { scale: 4 });
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([4 * 4, 4 * 4, 3]);
    const pixel = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
    expect([pixel(0, 0), pixel(3, 3)]).toEqual([
      [255, 0, 0],
      [255, 0, 0],
    ]);
    expect(pixel(12, 0)).toEqual([0, 0, 255]);
    expect(pixel(0, 12)).toEqual([255, 0, 0]);
    // The gap, and the place of a fourth image.
    expect([pixel(6, 0), pixel(14, 14)]).toEqual([
      [255, 255, 255],
      [255, 255, 255],
    ]);
  });

  it("clips what is out of range", async () => {
    const { data } = await sharp(await imageGrid(Float32Array.of(-9, 9, Number.NaN), [1, 3, 1], 1))
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data]).toEqual([0, 255, 0]);
  });

  it("shows classes that take turns in a row each, and is no wider than its images need", async () => {
    // Seven images of a pixel: black, grey and white in turn.
    const inTurn = Float32Array.from({ length: 7 }, (_, i) => (i % 3) - 1);
    const { svg, width, height } = await drawImages(inTurn, [1, 1, 1], 3);
    const [, encoded = ""] = /base64,([^"]+)/.exec(svg) ?? [];
    const { data, info } = await sharp(Buffer.from(encoded, "base64")).raw().toBuffer({ resolveWithObject: true });
    // Images of a pixel, two pixels of white between them: three columns and three rows.
    expect(info.height).toBe(info.width);
    const middle = (place: number) => Math.floor(((place + 0.5) * info.width) / 7);
    const shade = (row: number, column: number) => data[info.channels * (middle(row) * info.width + middle(column))];
    const shades = [0, 3, 6].map((row) => [0, 3, 6].map((column) => shade(row, column)));
    expect(shades).toEqual([
      [0, 0, 0],
      [128, 128, 255],
      [255, 255, 255],
    ]);
    expect(height).toBeLessThan(width);
    const alike = await drawImages(inTurn, [1, 1, 1]);
    expect(alike.height).toBeLessThan(height);
  });

  it("refuses what is no image", async () => {
    await expect(imageGrid(new Float32Array(3), [2, 2, 1], 1)).rejects.toThrow(RangeError);
    await expect(imageGrid(new Float32Array(8), [2, 2, 2], 1)).rejects.toThrow(RangeError);
  });
});
