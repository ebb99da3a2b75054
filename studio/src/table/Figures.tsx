import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import { Marginals } from "./Marginals.js";
import { Pairs } from "./Pairs.js";
import type { LiveFigures } from "./protocol.js";

/** What a generator's rows have in common with real ones, as it trains. */
export function Figures({ figures }: { readonly figures: LiveFigures }) {
  const words = text().table.figures;
  const { auc, privacy } = figures;
  return (
    <section class="table-part" aria-labelledby="table-figures">
      <h3 id="table-figures">{words.title(whole(figures.iteration))}</h3>
      <p class="note">{words.note}</p>
      <dl class="table-tiles">
        <Tile name={words.shape} value={number(figures.shape, 3)} says={words.shapeSays} />
        {figures.trend !== null && <Tile name={words.trend} value={number(figures.trend, 3)} says={words.trendSays} />}
        {auc !== null && <Tile name={words.detection} value={number(auc, 3)} says={words.detectionSays} />}
        {privacy && (
          <Tile
            name={words.privacy}
            value={percent(privacy.closerToTraining ?? privacy.copies)}
            says={
              privacy.closerToTraining === null
                ? words.copiesOnly(percent(privacy.realCopies))
                : words.privacySays(percent(privacy.copies), percent(privacy.realCopies))
            }
          />
        )}
      </dl>
      <Marginals figures={figures} />
      <Pairs figures={figures} />
    </section>
  );
}

function Tile({ name, value, says }: { readonly name: string; readonly value: string; readonly says: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span class="says">{says}</span>
      </dd>
    </div>
  );
}
