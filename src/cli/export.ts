import { Command, Option } from "commander";
import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { writeFileAtomically } from "../files.js";
import { generatorModel } from "../game/generator.js";
import { namedTensors } from "../game/tensorNames.js";
import { exportMetadata } from "../runs/exportMetadata.js";
import type { SavedRun } from "../runs/runRecord.js";
import { encodeSafetensors } from "../runs/safetensors.js";
import { loadRun } from "../runs/savedRun.js";
import { checkpointOption } from "./options.js";
import { printJson } from "./output.js";
import { warn } from "./warn.js";
import { withOption } from "./withOption.js";

interface ExportFlags {
  readonly format: "onnx" | "safetensors";
  readonly output: string;
  readonly checkpoint?: number;
  readonly json?: boolean;
}

/** `monge export`: a trained generator for other programs. */
export function exportCommand(): Command {
  return new Command("export")
    .description(
      "onnx: the generator as a model from `latent` [batch, latent], standard normal, to `samples` [batch, ...sample], for any ONNX " +
        "runtime; not for a run on a table. safetensors: the weights of both networks by name, for other programs and languages. Both have metadata for " +
        "using them: the data's name, kind and shape, and its `codec`, which converts samples to the data's units: " +
        "value * deviation + mean in each column of a table, value * spread + center for points, (value + 1) * 127.5 for images.",
    )
    .argument("<folder>", "the folder of a run")
    .addOption(new Option("--format <kind>", "onnx or safetensors").choices(["onnx", "safetensors"]).default("onnx"))
    .requiredOption("-o, --output <file>", "the file to write")
    .addOption(checkpointOption())
    .addOption(withOption())
    .option("--json", "print what was written as JSON")
    .addHelpText("after", "\nExample:\n  monge export runs/digits --format onnx -o generator.onnx")
    .action(async (folder: string, { format, output, checkpoint, json = false }: ExportFlags) => {
      const run = await loadRun(folder, { checkpoint });
      warn(run.warnings);
      const { config, data, progress, version } = run;
      if (format === "onnx" && data.kind === "table")
        throw new InputError(
          `${folder} makes rows of a table, which are drawn by more than one network; use monge sample, or export the weights ` +
            "with --format safetensors.",
        );
      const metadata = {
        monge: version,
        ...exportMetadata(data, { loss: config.loss, iteration: progress.iteration }),
      };
      const bytes =
        format === "onnx" ? generatorModel(run.model, metadata) : encodeSafetensors(weightsOf(run), metadata);
      await writeFileAtomically(output, bytes);
      if (json) printJson({ file: output, format, bytes: bytes.length, metadata });
    });
}

/** The parameters and buffers of the networks, without what only their optimizers need. */
function weightsOf({ model: { state, layout } }: SavedRun): Record<string, TensorData> {
  const generator = { ...state.generator, slots: {} };
  return namedTensors({ generator, critic: { ...state.critic, slots: {} } }, layout);
}
