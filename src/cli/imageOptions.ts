import { Option } from "commander";
import type { RunSettings } from "../runs/config.js";
import { featureOptions } from "./featureOptions.js";
import { number } from "./options.js";

/** What the options below set. */
export type ImageFlags = Partial<Pick<RunSettings, "imageSize" | "channels" | "background" | "skipBroken">>;

/** The options of how images are read, of a folder, an IDX file or a .npy array. */
export const imageOptions: readonly Option[] = [
  new Option(
    "--size, --image-size <n>",
    "scale images to squares with sides of n pixels, a multiple of 4 from 16 to 128 (default: their own size; for a folder of mixed sizes 64, or less if half are smaller)",
  ).argParser(number),
  new Option(
    "--channels <n>",
    "channels of images: 1 for grey, 3 for colour, 4 for colour with transparency (default: 1 if all are grey, else 3)",
  ).argParser(number),
  new Option("--background <colour>", "the colour behind transparent images: black, white or #rrggbb (default: black)"),
  new Option("--skip-broken", "leave out images that cannot be decoded (default: refuse the folder)"),
];

const labelsOption: Option = new Option(
  "--labels <file>",
  "the classes of images: a table of file names and classes for a folder, for an array one whole number per image (IDX, .npy, or a table of one column) (default: a folder's subfolders; for IDX images the file of labels beside them)",
);

const mirrorOption: Option = new Option(
  "--mirror",
  "flip half of the images left to right whenever they are drawn, for subjects that may face either way (default: no)",
);

/** The options of images for a command that trains on them. */
export const imageTrainingOptions: readonly Option[] = [...imageOptions, mirrorOption, labelsOption, ...featureOptions];
