import { decode, encode } from "../data/codecs/index.js";
import { conditionWhere } from "../data/where.js";
import { type Projection, type ProjectOptions, project } from "../game/project.js";
import { refuseTable } from "./refuseTable.js";
import type { SavedRun } from "./runRecord.js";

/** A sample of a run's generator, what it is made of, and how far it is from a given one. */
export interface ProjectedSample extends Pick<Projection, "latent" | "distance"> {
  /** Its condition, such as "digit=7"; `undefined` of a run without. */
  readonly where: string | undefined;
  /** `[...sample]`, in the units of the data. */
  readonly sample: Float64Array;
}

/**
 * The samples of a run's generator that are nearest to a target, as `project` finds them.
 * @param target `[...sample]`, flat, in the units of the data
 * @param options with a condition as text. Default: each category is tried
 * @throws InputError as `project` does, where the run is on a table, or the condition is none of its own
 */
export async function projectSample(
  run: SavedRun,
  target: ArrayLike<number>,
  { where, ...options }: Omit<ProjectOptions, "condition"> & { readonly where?: string | undefined } = {},
): Promise<readonly [ProjectedSample, ...ProjectedSample[]]> {
  refuseTable(run, "Projections");
  const { codec, fields } = run.data;
  const asked = where === undefined ? undefined : conditionWhere(where, fields.condition);
  const named = ({ latent, condition, sample, distance }: Projection): ProjectedSample => {
    const category = condition && fields.condition?.categories[condition.indexOf(1)];
    return {
      where: category === undefined ? undefined : `${fields.condition?.name}=${category}`,
      ...{ latent, sample: decode(codec, sample), distance },
    };
  };
  const [nearest, ...others] = await project(run.model, encode(codec, target), { ...options, condition: asked });
  return [named(nearest), ...others.map(named)];
}
