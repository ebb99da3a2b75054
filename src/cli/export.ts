import { Command, Option } from "commander";
import { writeFileAtomically } from "../files.js";
import { generatorModel } from "../training/model.js";
import { namedTensors } from "../training/names.js";
import { modelOf, openRun } from "../training/run.js";
import { encodeSafetensors } from "../training/safetensors.js";

interface ExportFlags {
  readonly format: "onnx" | "safetensors";
  readonly output: string;
}

/** `monge export`: a trained generator for other programs. */
export function exportCommand(): Command {
  return new Command("export")
    .summary("write a trained generator as .onnx, or all weights as .safetensors")
    .description(
      "onnx: the generator as a model from `latent` [batch, latent], standard normal, to `samples` [batch, ...sample], for any ONNX\n" +
        "runtime. safetensors: the weights of both networks by name, for other programs and languages.",
    )
    .argument("<folder>", "the folder of a run")
    .addOption(new Option("--format <kind>", "onnx or safetensors").choices(["onnx", "safetensors"]).default("onnx"))
    .requiredOption("-o, --output <file>", "the file to write")
    .addHelpText("after", "\nExample:\n  monge export runs/digits --format onnx -o generator.onnx")
    .action(async (folder: string, { format, output }: ExportFlags) => {
      const run = await openRun(folder);
      for (const warning of run.warnings) process.stderr.write(`monge: ${warning}\n`);
      const model = modelOf(run);
      const facts = {
        data: run.config.data,
        loss: run.config.loss,
        iteration: String(run.progress!.iteration),
        latent: "standard normal",
      };
      const bytes =
        format === "onnx"
          ? generatorModel(model, facts)
          : encodeSafetensors(namedTensors(model.state, model.layout), facts);
      await writeFileAtomically(output, bytes);
    });
}
