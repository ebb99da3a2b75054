import { describe, expect, it } from "vitest";
import type { Tensor, TensorData } from "../../src/engine/index.js";
import { dcganCritic, diffAugment, resnetCritic } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { evaluate, values } from "../engine/evaluate.js";

type Noise = Readonly<Record<"happens" | "colour" | "shift" | "hole", readonly (readonly number[])[]>>;
type Shape = readonly [height: number, width: number, channels: number];

const matrix = (rows: readonly (readonly number[])[]) => values(rows.flat(), [rows.length, rows[0]?.length ?? 0]);

async function augmented(x: TensorData, shape: Shape, strength: number, noise?: Noise): Promise<TensorData> {
  const network = diffAugment(shape, strength);
  const drawn = Object.fromEntries(Object.entries(noise ?? {}).map(([name, rows]) => [name, matrix(rows)]));
  const { y } = await evaluate(
    ({ x, drawn }: { readonly x: Tensor; readonly drawn: Readonly<Record<string, Tensor>> }) => ({
      y: network.apply({}, x, { training: true, noise: drawn, buffers: {}, update: () => {} }),
    }),
    { x, drawn },
  );
  return y!;
}

/** The same by loops over pixels. */
function byLoops(x: TensorData, [height, width, channels]: Shape, strength: number, noise: Noise): number[] {
  const size = height * width * channels;
  return noise.happens.flatMap((happens, n) => {
    let image = Array.from(x.data.subarray(n * size, (n + 1) * size));
    const [brightness = 0, saturation = 0, contrast = 0] = noise.colour[n] ?? [];
    const meanOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b) / numbers.length;
    const [colour = 1, place = 1, gap = 1] = happens;
    if (colour < strength) {
      image = image.map((v) => v + brightness - 0.5);
      const pixels = image.map((_, k) => {
        const first = k - (k % channels);
        return meanOf(image.slice(first, first + channels));
      });
      if (channels > 1) image = image.map((v, k) => (v - pixels[k]!) * 2 * saturation + pixels[k]!);
      const centre = meanOf(image);
      image = image.map((v) => (v - centre) * (contrast + 0.5) + centre);
    }
    const at = (from: readonly number[], i: number, j: number, c: number) =>
      i < 0 || j < 0 || i >= height || j >= width ? 0 : from[(i * width + j) * channels + c]!;
    const shift = (u: number, length: number) => {
      const most = Math.round(length / 8);
      return place < strength ? Math.floor(u * (2 * most + 1)) - most : 0;
    };
    const [down = 0, across = 0] = noise.shift[n] ?? [];
    const [dy, dx] = [shift(down, height), shift(across, width)];
    const moved = image.map((_, k) => {
      const [i, j] = [Math.floor(k / channels / width), Math.floor(k / channels) % width];
      return at(image, i + dy, j + dx, k % channels);
    });
    const inHole = (u: number, length: number, i: number) => {
      const side = Math.round(length / 2);
      const first = Math.floor(u * (length + 1 - (side % 2))) - Math.floor(side / 2);
      return i >= first && i < first + side;
    };
    const [y = 0, z = 0] = noise.hole[n] ?? [];
    return moved.map((v, k) => {
      const [i, j] = [Math.floor(k / channels / width), Math.floor(k / channels) % width];
      return gap < strength && inHole(y, height, i) && inHole(z, width, j) ? 0 : v;
    });
  });
}

function drawn(n: number): Noise {
  const rng = createRng(5);
  const rows = (length: number) => Array.from({ length: n }, () => [...rng.uniforms(length)]);
  return { happens: rows(3), colour: rows(3), shift: rows(2), hole: rows(2) };
}

describe("differentiable augmentation", () => {
  it.each<[Shape, number]>([
    [[16, 16, 3], 1],
    [[16, 16, 3], 0.5],
    [[20, 20, 1], 1],
    [[9, 7, 4], 0.7],
  ])("of images %j at strength %d is that of loops over pixels", async (shape, strength) => {
    const n = 12;
    const x = values([...createRng(2).uniforms(n * shape[0] * shape[1] * shape[2])], [n, ...shape]);
    const noise = drawn(n);
    const { data } = await augmented(x, shape, strength, noise);
    const expected = byLoops(x, shape, strength, noise);
    expect(Math.max(...expected.map((value, k) => Math.abs(value - data[k]!)))).toBeLessThan(1e-5);
  });

  it("at the ends of what is drawn keeps its images within a row", async () => {
    const almost = 1 - 2 ** -24;
    const x = values(Array<number>(16 * 16).fill(1), [1, 16, 16, 1]);
    const ends = { happens: [[0.9, 0, 0.9]], colour: [[0, 0, 0]], shift: [[almost, 0]], hole: [[0, 0]] };
    const { data } = await augmented(x, [16, 16, 1], 0.5, ends);
    expect([...data].filter((value) => value === 1)).toHaveLength(14 * 14);
  });

  it("changes nothing at strength 0 or without noise", async () => {
    const x = values([...createRng(2).uniforms(2 * 16 * 16)], [2, 16, 16, 1]);
    expect((await augmented(x, [16, 16, 1], 0, drawn(2))).data).toEqual(x.data);
    expect((await augmented(x, [16, 16, 1], 1)).data).toEqual(x.data);
  });

  it("is refused at a strength that is none", () => {
    for (const strength of [-0.1, 1.1, Number.NaN])
      expect(() => diffAugment([16, 16, 1], strength)).toThrow("must be from 0 to 1");
  });

  it("is the first thing that critics of images do, and asks for its noise there", () => {
    const size = { size: 28, channels: 1, width: 2 };
    for (const critic of [resnetCritic, dcganCritic]) {
      expect(Object.keys(critic({ ...size, augment: 0.5 }).noise ?? {})).toContain("augment.happens");
      expect(critic(size).noise).toEqual({});
    }
  });
});
