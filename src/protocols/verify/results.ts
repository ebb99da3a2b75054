import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../errors.js";
import { checkHoldsOnly, readTextFile, writeFileAtomically } from "../../files.js";

const FILE = "verify.json";
const CRITICS = "critics";

/** How long critics are trained: a share of what each candidate asks for, or the same number of updates for each. */
const lengthSchema = z.union([
  z.strictObject({ share: z.number().positive() }),
  z.strictObject({ each: z.int().positive() }),
]);

/** What all entries of a folder have in common. */
const settingsSchema = z.strictObject({ seed: z.int(), length: lengthSchema });

const entrySchema = z.strictObject({
  /** The pair of distributions, such as "D16N64". */
  cell: z.string(),
  /** The candidate's name. */
  critic: z.string(),
  /** Updates done; 0 for a critic that is not trained. */
  iterations: z.int().min(0),
  /** Mean cosine, W1 estimate and mean slope on held-out pairs; null where a loss was not finite. */
  cosine: z.number().nullable(),
  estimate: z.number().nullable(),
  slope: z.number().nullable(),
  /** The true W1 of the held-out pairs. */
  truth: z.number(),
  seconds: z.number().min(0),
});

export const verifyResultsSchema = z.strictObject({
  version: z.literal(1),
  settings: settingsSchema,
  entries: z.array(entrySchema),
});

export type TrainingLength = z.infer<typeof lengthSchema>;
export type VerifySettings = z.infer<typeof settingsSchema>;
/** What one critic came to on one pair of distributions. */
export type VerifyEntry = z.infer<typeof entrySchema>;
/** What critics came to, with the settings that they were trained with. */
export type VerifyResults = z.infer<typeof verifyResultsSchema>;

/**
 * What a folder holds of a verification with these settings; no entries where it is new.
 * @throws InputError where it holds one with other settings, a file that cannot be read, or something else
 */
export async function readResults(folder: string, settings: VerifySettings): Promise<VerifyResults> {
  const path = join(folder, FILE);
  const text = await readTextFile(path);
  if (text === undefined) {
    await checkHoldsOnly(folder, [CRITICS], ", or --force to use it anyway");
    return { version: 1, settings, entries: [] };
  }
  const results = parsed(text);
  if (!results) throw new InputError(`${path} is not a verification's results: give another --out, or remove it.`);
  if (JSON.stringify(results.settings) !== JSON.stringify(settings)) {
    throw new InputError(
      `${folder} holds a verification with ${described(results.settings)}, and this one has ${described(settings)}: give the same settings to resume it, --force to replace it, or another --out.`,
    );
  }
  return results;
}

export async function writeResults(folder: string, results: VerifyResults): Promise<void> {
  await writeFileAtomically(join(folder, FILE), `${JSON.stringify(results, null, 2)}\n`);
}

/** Where a critic is kept while it is trained. */
export function criticFolder(folder: string, name: string): string {
  return join(folder, CRITICS, name);
}

/** Removes the results and the critics under way from a folder, and nothing else. */
export async function removeResults(folder: string): Promise<void> {
  for (const name of [FILE, CRITICS]) await rm(join(folder, name), { recursive: true, force: true });
}

function parsed(text: string): VerifyResults | undefined {
  try {
    return verifyResultsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function described({ seed, length }: VerifySettings): string {
  return `seed ${seed} and ${"each" in length ? `${length.each} updates of each critic` : `${100 * length.share} % of each critic's updates`}`;
}
