import { InputError } from "../errors.js";
import type { NumberArray } from "./sources/numberArray.js";

/** The images of an array, as they are there. */
export interface ImageArray {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** 4: red, green, blue and opacity. */
  readonly channels: 1 | 3 | 4;
  /** `[count, height, width, channels]`, flat. */
  readonly bytes: Uint8Array;
  /** What was guessed, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * The images of an array: `[count, height, width]`, `[count, height, width, channels]` with 1, 3 or 4 channels (the fourth is opacity), or
 * `[count, channels, height, width]` with 1 or 3. Bytes are taken as they are, and other whole numbers from 0 to 255. Other numbers are
 * rounded to bytes, and a warning says as what they were taken: from 0 to 1 as black to white, from -1 to 1 likewise, else from 0 to 255.
 * @param name of the array, for messages
 * @returns `undefined` where the shape is not one of images
 * @throws InputError for a shape that may mean either order of axes, and for numbers in no such range
 */
export function imageArray(name: string, { shape, data }: NumberArray): ImageArray | undefined {
  const layout = layoutOf(name, shape);
  if (layout === undefined) return undefined;
  const { bytes, warnings } = toBytes(name, data, data.length / layout.count);
  const { channelsFirst, ...size } = layout;
  return { ...size, bytes: channelsFirst ? channelsLast(bytes, layout) : bytes, warnings };
}

/** How an array holds images. */
interface ArrayLayout extends Omit<ImageArray, "bytes" | "warnings"> {
  /** Whether the channels are the axis before height and width. */
  readonly channelsFirst: boolean;
}

function layoutOf(name: string, shape: readonly number[]): ArrayLayout | undefined {
  const [count = 0, second = 0, third = 0, last = 0] = shape;
  if (count * second * third === 0) return undefined;
  if (shape.length === 3) return { count, height: second, width: third, channels: 1, channelsFirst: false };
  if (shape.length !== 4) return undefined;
  const atEnd = last === 1 || last === 3 || last === 4 ? last : undefined;
  const atStart = second === 1 || second === 3 ? second : undefined;
  if (atEnd !== undefined && atStart !== undefined) {
    throw new InputError(
      `${name} has the shape [${shape.join(", ")}], in which the channels may come first or last; give an array [count, height, width, channels] whose height is neither 1 nor 3.`,
    );
  }
  if (atEnd !== undefined) return { count, height: second, width: third, channels: atEnd, channelsFirst: false };
  return atStart && { count, height: third, width: last, channels: atStart, channelsFirst: true };
}

/** @param each numbers of one image, for messages */
function toBytes(
  name: string,
  data: NumberArray["data"],
  each: number,
): { readonly bytes: Uint8Array; readonly warnings: readonly string[] } {
  if (data instanceof Uint8Array) return { bytes: data, warnings: [] };
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) {
      throw new InputError(`${name}: image ${Math.floor(i / each) + 1} holds ${value}; give finite numbers.`);
    }
    [least, most, whole] = [Math.min(least, value), Math.max(most, value), whole && Number.isInteger(value)];
  }
  const scaledBy = (toByte: (value: number) => number) => {
    const bytes = new Uint8Array(data.length);
    for (let i = 0; i < data.length; i++) bytes[i] = Math.round(toByte(data[i]!));
    return bytes;
  };
  const range = [least, most].map((value) => Number(value.toPrecision(3))).join(" to ");
  const taken = (as: string) => [`The images in ${name} hold numbers from ${range}, taken as ${as}.`];
  if (least >= 0 && most <= 1) {
    return { bytes: scaledBy((value) => 255 * value), warnings: taken("0 for black to 1 for white") };
  }
  if (least >= -1 && most <= 1) {
    return { bytes: scaledBy((value) => 127.5 * (value + 1)), warnings: taken("-1 for black to 1 for white") };
  }
  if (least >= 0 && most <= 255) {
    return {
      bytes: scaledBy((value) => value),
      warnings: whole ? [] : taken("0 for black to 255 for white, and rounded"),
    };
  }
  throw new InputError(
    `The images in ${name} hold numbers from ${range}; give bytes from 0 to 255, or numbers from 0 to 1 or from -1 to 1.`,
  );
}

function channelsLast(bytes: Uint8Array, { count, height, width, channels }: ArrayLayout): Uint8Array {
  const pixels = height * width;
  const ordered = new Uint8Array(bytes.length);
  for (let image = 0; image < count; image++) {
    const start = image * pixels * channels;
    for (let channel = 0; channel < channels; channel++) {
      const from = start + channel * pixels;
      for (let pixel = 0; pixel < pixels; pixel++) ordered[start + pixel * channels + channel] = bytes[from + pixel]!;
    }
  }
  return ordered;
}
