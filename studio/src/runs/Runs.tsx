import { useSignal } from "@preact/signals";
import { text } from "../language/index.js";
import { chosen, namedRuns, openedFiles, openFile } from "./known.js";
import { NamedRun } from "./NamedRun.js";
import { RunShown } from "./RunShown.js";
import { RunsList } from "./RunsList.js";
import type { Problem } from "./readResults.js";
import "./runs.css";

const COMMAND = "npx monge studio runs/first";

/** Runs that were trained by the command line: those that `monge studio` was started with, and files that the reader opens. */
export function Runs() {
  const words = text().runs;
  const problem = useSignal<Problem | null>(null);
  const open = async (file: File | undefined) => {
    if (file) problem.value = await openFile(file);
  };
  return (
    <section
      class="runs"
      aria-label={words.title}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const file = event.dataTransfer?.files[0];
        // Any other file is the page's to take.
        if (!file?.name.toLowerCase().endsWith(".json")) return;
        event.preventDefault();
        void open(file);
      }}
    >
      <header>
        <h2>{words.title}</h2>
        <p class="runs-about">{words.intro}</p>
      </header>
      <div class="runs-choice">
        <RunsList />
        <p class="runs-open">
          <label class="runs-file">
            {words.open}
            <input
              type="file"
              accept=".json,application/json"
              onChange={({ currentTarget }) => {
                void open(currentTarget.files?.[0]);
                currentTarget.value = "";
              }}
            />
          </label>{" "}
          <span>{words.drop}</span>
        </p>
        <p class="runs-problem" role="alert">
          {problem.value?.(text())}
        </p>
      </div>
      <Shown />
    </section>
  );
}

function Shown() {
  const words = text().runs;
  const { of, index } = chosen.value;
  const file = of === "files" ? openedFiles.value[index] : undefined;
  if (file) return <RunShown key={`file ${file.name}`} name={file.name} state={words.file} results={file.results} />;
  const named = namedRuns.value[index];
  if (named) return <NamedRun key={`named ${index}`} index={index} name={named.name} />;
  return (
    <p class="runs-none">
      {words.none} <code>{COMMAND}</code>
    </p>
  );
}
