import { shownIn } from "../../../src/metrics/catalogue.js";
import type { Results } from "../../../src/runs/results.js";
import type { RunPicture, RunView } from "../../../src/studioServer/protocol.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { Figures } from "./Figures.js";
import { Pictures } from "./Pictures.js";
import { ResultCharts } from "./ResultCharts.js";
import { RunSettings } from "./RunSettings.js";

export interface RunShownProps {
  readonly name: string;
  /** In a word. */
  readonly state: string;
  readonly progress?: RunView["progress"];
  /** What the reader has to know first. */
  readonly problem?: string | null;
  /** `null` before the first evaluation. */
  readonly results: Results | null;
  readonly settings?: RunView["settings"];
  readonly pictures?: readonly RunPicture[];
}

/** A run or a comparison: how it stands, figures, charts, pictures, settings. */
export function RunShown({ name, state, progress, problem, results, settings, pictures = [] }: RunShownProps) {
  const words = text().runs;
  const query = results?.link === undefined ? null : queryOf(results.link);
  const far = progress && words.progress(whole(progress.iteration), whole(progress.iterations));
  return (
    <article class="run">
      <header>
        <h3>{name}</h3>
        <p class="runs-about">
          <span role="status">{state}</span>
          {far && ` · ${far}`}
          {results && ` · ${results.data}`}
          {query !== null && (
            <>
              {" · "}
              <a href={query}>{words.repeat}</a>
            </>
          )}
        </p>
        {progress && progress.iteration < progress.iterations && (
          <progress value={progress.iteration} max={progress.iterations} aria-label={far!} />
        )}
        <p class="runs-problem" role="alert">
          {problem}
        </p>
      </header>
      {results ? (
        <>
          <Figures runs={results.runs} metrics={shownIn(results)} />
          <ResultCharts results={results} />
        </>
      ) : (
        progress && <p class="runs-none">{words.notEvaluated}</p>
      )}
      <Pictures name={name} pictures={pictures} />
      {settings && <RunSettings settings={settings} />}
    </article>
  );
}

/** What an address sets the page to. The rest of it is a file's word for where to go, and not followed. */
function queryOf(link: string): string | null {
  return URL.canParse(link) ? new URL(link).search || "?" : null;
}
