import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { chosen, namedRuns, openedFiles } from "./known.js";
import { stateOf } from "./state.js";

/** The runs to choose from: those that were named, then the opened files. */
export function RunsList() {
  const words = text().runs;
  const choices = [
    ...namedRuns.value.map((run, index) => {
      const { state, progress } = run;
      const far = state === "training" && progress && `${whole(progress.iteration)} / ${whole(progress.iterations)}`;
      return { of: "named" as const, index, name: run.name, state: far || stateOf(run) };
    }),
    ...openedFiles.value.map(({ name }, index) => ({ of: "files" as const, index, name, state: words.file })),
  ];
  if (choices.length === 0) return null;
  return (
    <ul class="runs-list" aria-label={words.list}>
      {choices.map(({ of, index, name, state }) => (
        <li key={`${of} ${index}`}>
          <button
            type="button"
            aria-current={chosen.value.of === of && chosen.value.index === index}
            onClick={() => {
              chosen.value = { of, index };
            }}
          >
            <b>{name}</b> <span>{state}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
