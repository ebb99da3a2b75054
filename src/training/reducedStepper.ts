import { at } from "../engine/at.js";
import { type CompileOptions, compile, readHeld, type TensorData } from "../engine/index.js";
import { faultInReport } from "../game/divergence.js";
import { criticInputs, generatorInputs, rowOfData, scalarsSpec, stepSpecs } from "../game/inputs.js";
import { buildCriticGradient, buildGeneratorGradient, buildUpdate } from "../game/reducedStep.js";
import { lossScalesOf, type PlayerName } from "../game/state.js";
import type { CriticReport, PlayerReport } from "../game/step.js";
import type { StepParts, Stepper } from "./stepper.js";

/**
 * Makes of the gradient of one player's update, a flat vector, that of all machines which train together, in place: their mean, say. It is
 * awaited between the gradient and the update.
 */
export type Reduce = (gradient: Float32Array) => Promise<void>;

/**
 * Steps whose gradients are reduced before they are used: for each player a program for its gradient, and one for its update. They give
 * what steps as one program give, to rounding, where `reduce` leaves the gradients as they are.
 */
export async function reducedStepper(
  { game, layout, state: like, size }: StepParts,
  reduce: Reduce,
  options: CompileOptions,
): Promise<Stepper> {
  const specs = stepSpecs(game, { ...size, withGenerator: true });
  const row = ({ shape: [, ...shape] }: { readonly shape: readonly number[] }) => ({ shape });
  const updateOf = (player: PlayerName) =>
    compile(
      buildUpdate(game[player], layout[player]),
      {
        state: like[player],
        buffers: like[player].buffers,
        gradient: like[player].parameters,
        scalars: scalarsSpec(game[player]),
      },
      options,
    );
  const weights = Array.from({ length: size.criticSteps }, (_, k) => size.penaltyWeights?.[k] ?? 1);
  const criticGradientOf = (weight: number) =>
    compile(buildCriticGradient(game, layout, weight), { ...criticInputs(specs, 0, row), state: like }, options);
  const different = [...new Set(weights)];
  const [criticGradients, criticUpdate, generatorGradient, generatorUpdate] = await Promise.all([
    Promise.all(different.map(criticGradientOf)),
    updateOf("critic"),
    compile(buildGeneratorGradient(game, layout), { ...generatorInputs(specs, 1, row), state: like }, options),
    updateOf("generator"),
  ]);
  return {
    async step(held, inputs) {
      let state = await readHeld(held);
      const finite: TensorData[] = [];
      const reports: CriticReport<TensorData>[] = [];
      for (const [k, weight] of weights.entries()) {
        const { gradient, buffers, report } = await at(criticGradients, different.indexOf(weight)).run({
          ...criticInputs(inputs, k, rowOfData),
          state,
        });
        await reduce(shared(gradient, faultInReport("critic", report, state.critic.lossScale)));
        const scalars = { ...rowOfData(inputs.scalars.critic, k), ...scalarsSpec(game.critic) };
        const updated = await criticUpdate.run({
          state: state.critic,
          buffers: buffers.critic,
          gradient,
          scalars,
        });
        state = { generator: { ...state.generator, buffers: buffers.generator }, critic: updated.next };
        finite.push(updated.finite);
        reports.push(report);
      }
      const critic = { ...reportOf(reports), value: joined(reports.map(({ value }) => value)) };
      const { generator: scalars } = inputs.scalars;
      if (!size.withGenerator || !scalars)
        return { critic, next: state, lossScales: lossScalesOf(state), finite: total(finite) };
      const drawn = generatorInputs(inputs, size.criticSteps, rowOfData);
      const { gradient, buffers, report } = await generatorGradient.run({ ...drawn, state });
      await reduce(shared(gradient, faultInReport("generator", report, state.generator.lossScale)));
      const updated = await generatorUpdate.run({ state: state.generator, buffers, gradient, scalars });
      const next = { ...state, generator: updated.next };
      const lossScales = lossScalesOf(next);
      return { critic, generator: report, next, lossScales, finite: total([...finite, updated.finite]) };
    },
    async release() {
      const programs = [...criticGradients, criticUpdate, generatorGradient, generatorUpdate];
      await Promise.all(programs.map((program) => program.release()));
    },
  };
}

/** The reports of several updates, of one each, as one. */
function reportOf(reports: readonly PlayerReport<TensorData>[]): PlayerReport<TensorData> {
  const names = Object.keys(reports[0]?.terms ?? {});
  const term = (name: string) => joined(reports.flatMap(({ terms }) => terms[name] ?? []));
  return {
    terms: Object.fromEntries(names.map((name) => [name, term(name)])),
    loss: joined(reports.map(({ loss }) => loss)),
    gradient: joined(reports.map(({ gradient }) => gradient)),
  };
}

function joined(vectors: readonly TensorData[]): TensorData {
  const data = Float32Array.from(vectors.flatMap((vector) => [...vector.data]));
  return { shape: [data.length], data };
}

/** The sum of scalars. */
function total(scalars: readonly TensorData[]): TensorData {
  const sum = scalars.reduce((sum, { data: [value = Number.NaN] }) => sum + value, 0);
  return { shape: [], data: Float32Array.of(sum) };
}

/** A gradient as it goes to `reduce`: not finite where anything of its update was not, so that all machines stop together. */
function shared({ data }: TensorData, fault: string | undefined): Float32Array {
  if (data instanceof Float32Array) return fault === undefined ? data : data.fill(Number.NaN);
  throw new TypeError("a gradient is made of 32-bit floats");
}
