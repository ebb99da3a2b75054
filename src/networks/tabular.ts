import { z } from "zod";
import type { RowLayout } from "../data/codecs/rowLayout.js";
import { add, concat, gather, lengthOf, mul, relu, slice, sub, type Tensor } from "../engine/index.js";
import { notNegative, positive, whole } from "../settings.js";
import { conditionBeside } from "./condition.js";
import { inFloat32 } from "./inFloat32.js";
import { zeros } from "./initialisers.js";
import { dense } from "./layers.js";
import { mlp } from "./mlp.js";
import { type ApplyContext, defineNetwork, hiddenLayerSettings, type Network, type Normalisation } from "./network.js";
import { normalise } from "./normalisation.js";
import { residual } from "./residual.js";
import { rowHeads } from "./rowHeads.js";
import { type GivenColumns, MOST_CLASSES, named, rowPrior } from "./rowPrior.js";
import { rowView } from "./rowView.js";
import { type Stage, sequential } from "./sequential.js";

/**
 * The buffer of a tabular generator that is added to its logits in use, `[width]`: 0, until it is calibrated. In training it is left alone.
 */
export const CALIBRATION = "calibration.bias";

export const tabularEntry = defineNetwork({
  name: "tabular",
  title: "tabular",
  summary:
    "Residual layers that end in a draw for each column of a table; the critic sees rows with cosines of their numbers.",
  settings: z.object({
    ...hiddenLayerSettings,
    temperature: positive.default(0.2).meta({
      title: "Temperature",
      description: "temperature of the Gumbel-softmax that draws categories, in a tabular network",
    }),
    prior: whole(0, MOST_CLASSES).meta({
      title: "Prior",
      unit: "classes",
      description: "classes of the mixture that a tabular generator starts from, at most one per 40 rows; 0: none",
    }),
    resample: z.boolean().meta({
      title: "Resample",
      description: "reject some of the rows that a tabular generator makes too often, as judged by a classifier",
    }),
    moments: notNegative.default(2).meta({
      title: "Moments",
      description: "weight of the term that matches products of two columns, in a tabular network; 0: none",
    }),
  }),
  refuses: (_, row) =>
    row ? undefined : 'the network "tabular" is for tables: choose "mlp" for points, or "dcgan" for images',
  make(settings, { latent, row, condition = 0 }) {
    if (!row) throw new TypeError("a tabular network is made for the layout of a row");
    const { width, depth, normalisation, criticNormalisation, pack, temperature, prior } = settings;
    const view = rowView(row);
    const columns = condition > 0 ? row.columns.length : 0;
    const hidden = Array<number>(depth).fill(width);
    const critic = mlp({
      input: pack * view.width,
      output: 1,
      condition: pack * columns,
      hidden,
      normalisation: criticNormalisation,
      activation: "leaky-relu",
    });
    return {
      generator: rowGenerator({ latent, condition, width, depth, normalisation, classes: prior }, row, temperature),
      critic: columns === 0 ? critic : knowingWhichColumns(columns, critic),
      view: view.of,
    };
  },
  parameterCount: ({ width, depth, pack }, { shape, latent, condition = 0 }) => {
    const [row = 0] = shape;
    // A condition is a mask of the columns beside a row.
    const columns = condition > 0 ? condition - row : 0;
    return width * ((2 * depth - 1) * width + latent + condition + row + pack * (row + columns) + 1);
  },
  activationCount: ({ width, depth }, { shape, batch, criticSteps }) => {
    const [row = 0] = shape;
    return batch * (criticSteps + 1) * (20 * depth * width + 30 * row);
  },
});

interface GeneratorOptions {
  readonly latent: number;
  readonly condition: number;
  readonly width: number;
  readonly depth: number;
  readonly normalisation: Normalisation;
  /** Of the prior that it starts from; 0 for none. */
  readonly classes: number;
}

/**
 * A residual network whose last layer goes to the heads of a row. It asks for one uniform number for each of a row's.
 *
 * With a prior it starts from a row that is drawn from it: it sees that row beside the latent, and what its last layer gives is added to
 * the logits that the row was drawn from. The last layer is 0 at first, so that training begins with the prior's own rows.
 *
 * Where it is made for conditions and applied without one, nothing is given: its first layer then leaves out what it has for a condition.
 */
function rowGenerator(
  { latent, condition, width, depth, normalisation, classes }: GeneratorOptions,
  row: RowLayout,
  temperature: number,
): Network {
  const input = latent + (classes > 0 ? row.width : 0);
  const bias = normalisation !== "batch";
  const layer = (weights: Network): Stage[] => {
    const norm = normalise(normalisation, width);
    return [["dense", weights], ...(norm ? ([["norm", norm]] as const) : []), relu];
  };
  const blocks = Array.from(
    { length: depth },
    (_, i): Stage => [`block${i + 1}`, residual(sequential(...layer(dense(width, width, { bias }))))],
  );
  const beside = conditionBeside(condition);
  const besideOrAlone: Stage = (x, context) => (context.condition ? beside(x, context) : x);
  const body = sequential(
    besideOrAlone,
    ["input", sequential(...layer(ofLess(dense(input + condition, width, { bias }))))],
    ...blocks,
    ["output", dense(width, row.width, classes > 0 ? { initialisation: zeros } : {})],
  );
  const heads = rowHeads(row, temperature);
  const prior = classes > 0 ? rowPrior(row, classes) : null;
  const givenIn = ({ condition: asked }: ApplyContext) => (condition > 0 && asked ? parted(row, asked) : null);
  const logitsOf: Network["apply"] = (parameters, x, context) => {
    if (!prior) return body.apply(parameters, x, context);
    const given = givenIn(context);
    const logits = prior.draw(context, given);
    const start = withGiven(row, heads.apply(logits, named("noise", context.noise, "choice")), given);
    return add(logits, body.apply(parameters, concat([x, start], 1), context));
  };
  return inFloat32({
    ...body,
    noise: { ...body.noise, ...prior?.noise, choice: { shape: [row.width], distribution: "uniform", inUse: true } },
    init(rng) {
      const { parameters, buffers } = body.init(rng);
      const bias = { shape: [row.width], data: new Float32Array(row.width) };
      return { parameters, buffers: { ...buffers, ...prior?.buffers, [CALIBRATION]: bias } };
    },
    logits: logitsOf,
    apply(parameters, x, context) {
      const logits = logitsOf(parameters, x, context);
      const inUse = context.training ? logits : add(logits, named("buffer", context.buffers, CALIBRATION));
      const rows = heads.apply(inUse, named("noise", context.noise, "choice"));
      return withGiven(row, rows, givenIn(context));
    },
  });
}

/** A dense layer that may be applied to the first of its inputs alone, as if the others were 0. */
function ofLess(layer: Network): Network {
  return {
    ...layer,
    apply({ weight, ...others }, x, context) {
      const used = slice(weight!, [0, 0], [lengthOf(x.shape, 1), lengthOf(weight!.shape, 1)]);
      return layer.apply({ weight: used, ...others }, x, context);
    },
  };
}

function parted({ columns, width }: RowLayout, condition: Tensor): GivenColumns {
  const [n = 1] = condition.shape;
  return {
    mask: slice(condition, [0, 0], [n, columns.length]),
    values: slice(condition, [0, columns.length], [n, columns.length + width]),
  };
}

/** Rows with the columns that are given (`drawMasks`) as they are given. */
function withGiven({ columns }: RowLayout, rows: Tensor, given: GivenColumns | null): Tensor {
  if (!given) return rows;
  const columnOf = columns.flatMap(({ choices, quantile }, column) =>
    Array<number>(choices + (quantile === null ? 0 : 1)).fill(column),
  );
  return add(mul(rows, sub(1, gather(given.mask, columnOf, 1))), given.values);
}

/** A critic that is told which columns of a row are given; what they are it sees in the row. */
function knowingWhichColumns(columns: number, critic: Network): Network {
  return {
    ...critic,
    apply(parameters, x, context) {
      const { condition } = context;
      if (!condition) throw new TypeError("a tabular critic is applied without its condition");
      const ends = [...condition.shape.slice(0, -1), columns];
      return critic.apply(parameters, x, {
        ...context,
        condition: slice(
          condition,
          ends.map(() => 0),
          ends,
        ),
      });
    },
  };
}
