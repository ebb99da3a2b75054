import type { ModelValue } from "../../engine/runtime/modelFile.js";
import { InputError } from "../../errors.js";

/** Whether the channels of an image are its first axis or its last. */
export const layouts = ["nchw", "nhwc"] as const;
export type Layout = (typeof layouts)[number];

/** What a network takes for the bytes 0 to 255; `imagenet`: 0..1 less the mean of ImageNet, over its deviation, by channel. */
export const valueRanges = ["0..1", "-1..1", "0..255", "imagenet"] as const;
export type ValueRange = (typeof valueRanges)[number];

/** The images that a network takes. */
export interface InputFormat {
  readonly layout: Layout;
  readonly range: ValueRange;
  /** 1 or 3, where the network says. */
  readonly channels: number | undefined;
  /** In pixels, where the network says; else images keep their size. */
  readonly height: number | undefined;
  readonly width: number | undefined;
  /** How many images go in at once, where the network says. */
  readonly batch: number | undefined;
}

const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

/**
 * What a model's input takes, read from its shape: of an axis that has 1 or 3 elements where the other candidate has not, it is known
 * that the channels lie there.
 * @throws InputError where the input is none of images, or where its shape does not tell the layout and none is given, or another
 */
export function inputFormat(
  path: string,
  { name, type, shape }: ModelValue,
  { layout: asked, range = "-1..1" }: { readonly layout?: Layout | undefined; readonly range?: ValueRange | undefined },
): InputFormat {
  const text = `[${shape.map((length) => length || "?").join(", ")}]`;
  if (shape.length !== 4 || type !== "float32")
    throw new InputError(
      `${path} takes "${name}", ${type} of shape ${text}, and a feature network takes images: float32 of four axes.`,
    );
  const [batch, second, third, last] = shape.map((length) => (Number(length) > 0 ? Number(length) : undefined));
  const channelsOf = (layout: Layout) => (layout === "nchw" ? second : last);
  const possible = layouts.filter((layout) => [undefined, 1, 3].includes(channelsOf(layout)));
  const told = possible.filter((layout) => channelsOf(layout) !== undefined);
  const candidates = asked ? possible.filter((layout) => layout === asked) : told.length > 0 ? told : possible;
  const [layout] = candidates;
  if (!layout)
    throw new InputError(
      `${path} takes "${name}" of shape ${text}, which has no 1 or 3 channels${asked ? ` in the layout ${asked}` : ""}.`,
    );
  if (candidates.length > 1)
    throw new InputError(
      `${path} takes images of shape ${text}, which leaves the order of its axes open; give --layout nchw (before height and width) or nhwc (after).`,
    );
  const [height, width] = layout === "nchw" ? [third, last] : [second, third];
  const channels = channelsOf(layout) ?? (range === "imagenet" ? 3 : undefined);
  return { layout, range, channels, height, width, batch };
}

/**
 * Images as a network takes them, flat: `[count, ...]` in its layout and range. Grey ones are repeated where it takes three channels.
 * @param pixels `[count, height, width, channels]`, flat, from 0 to 255
 */
export function networkInput(
  pixels: Float32Array,
  [height, width, found]: readonly [height: number, width: number, channels: number],
  { layout, range, channels: wanted = found }: InputFormat,
): Float32Array {
  const area = height * width;
  const count = pixels.length / found;
  const values = new Float32Array(count * wanted);
  const [pixelStep, channelStep] = layout === "nchw" ? [1, area] : [wanted, 1];
  for (let channel = 0; channel < wanted; channel++) {
    const { factor, offset } = scaling(range, channel);
    const source = found === 1 ? 0 : channel;
    for (let pixel = 0; pixel < count; pixel++) {
      const image = Math.floor(pixel / area);
      const place = image * area * wanted + (pixel % area) * pixelStep + channel * channelStep;
      values[place] = pixels[pixel * found + source]! * factor + offset;
    }
  }
  return values;
}

/** value = pixel * factor + offset. */
function scaling(range: ValueRange, channel: number): { readonly factor: number; readonly offset: number } {
  switch (range) {
    case "0..1":
      return { factor: 1 / 255, offset: 0 };
    case "-1..1":
      return { factor: 1 / 127.5, offset: -1 };
    case "0..255":
      return { factor: 1, offset: 0 };
    case "imagenet": {
      const [mean, deviation] = [IMAGENET.mean[channel]!, IMAGENET.deviation[channel]!];
      return { factor: 1 / (255 * deviation), offset: -mean / deviation };
    }
  }
}
