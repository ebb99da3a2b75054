import { InputError } from "../errors.js";
import { quantile } from "../quantile.js";

/** The sides that images are brought to, which are those that residual networks make, in pixels. */
export const SIDES = { smallest: 16, largest: 128, multiple: 4 } as const;
const { smallest: SMALLEST, largest: LARGEST, multiple: MULTIPLE } = SIDES;
/** Larger images are brought to this where nobody says: what two cores can train. */
const USUAL = 64;

/** An image before it is scaled, in pixels. */
interface Extent {
  readonly width: number;
  readonly height: number;
}

/** @throws InputError for a side that images are not brought to */
export function checkSide(side: number): void {
  if (isSide(side)) return;
  throw new InputError(
    `Images cannot be read at size ${side}: the networks are built for sides that are a multiple of ${MULTIPLE} from ${SMALLEST} to ${LARGEST} pixels.`,
  );
}

export function isSide(side: number): boolean {
  return side >= SMALLEST && side <= LARGEST && side % MULTIPLE === 0;
}

/**
 * The side that images are brought to where nobody says, and a sentence about it where they have to be scaled: their own where all are squares
 * of one side that may be, else 64 pixels, or less where half of the images are smaller.
 */
export function sideFor(images: readonly Extent[]): { readonly side: number; readonly warning?: string } {
  const shorter = images.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const [least = SMALLEST, most = least] = [shorter[0], shorter.at(-1)];
  const areSquares = images.every(({ width, height }) => width === height);
  if (areSquares && least === most && isSide(least)) return { side: least };
  const half = quantile(shorter, 0.5);
  const side = Math.min(USUAL, Math.max(SMALLEST, MULTIPLE * Math.floor(half / MULTIPLE)));
  return {
    side,
    warning:
      `${extentsOf(images)}: each is scaled to cover ${side} x ${side} and cropped at its centre; ` +
      `--size chooses another side, a multiple of ${MULTIPLE} from ${SMALLEST} to ${LARGEST}.`,
  };
}

function extentsOf(images: readonly Extent[]): string {
  const area = ({ width, height }: Extent) => width * height;
  const bySize = [...images].sort((a, b) => area(a) - area(b));
  const texts = [bySize[0], bySize.at(-1)].map((image) => `${image?.width} x ${image?.height}`);
  const [smallest, largest] = texts;
  return smallest === largest
    ? `The images have ${smallest} pixels`
    : `The images have from ${smallest} to ${largest} pixels`;
}
