import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RunView } from "../../../src/studioServer/protocol.js";
import { text } from "../language/index.js";
import { follow } from "./follow.js";
import { RunShown } from "./RunShown.js";
import { type Read, readResults } from "./readResults.js";
import { stateOf } from "./state.js";

/** A run that `monge studio` was started with, followed. */
export function NamedRun({ index, name }: { readonly index: number; readonly name: string }) {
  const words = text().runs;
  const told = useSignal<{ readonly view: RunView; readonly read: Read | null } | null>(null);
  const lost = useSignal(false);
  useEffect(
    () =>
      follow<RunView>(`api/runs/${index}.json`, {
        take: (view) => {
          told.value = { view, read: view.results && readResults(view.results, view.name) };
        },
        lost: (isLost) => {
          lost.value = isLost;
        },
      }),
    [index],
  );
  if (!told.value) return <p class="runs-none">{lost.value ? words.lost : words.waiting}</p>;
  const { view, read } = told.value;
  const problem =
    read && "problem" in read ? read.problem(text()) : view.state === "missing" ? words.missing : view.message;
  return (
    <RunShown
      name={name}
      state={stateOf(view)}
      progress={view.progress}
      problem={lost.value ? words.lost : problem}
      results={read && "results" in read ? read.results : null}
      settings={view.settings}
      pictures={view.pictures}
    />
  );
}
