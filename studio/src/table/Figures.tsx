import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import { Marginals } from "./Marginals.js";
import { Pairs } from "./Pairs.js";
import type { LiveFigures } from "./protocol.js";

/** What a generator's rows have in common with real ones, as it trains. */
export function Figures({ figures }: { readonly figures: LiveFigures }) {
  const words = text().table.figures;
  const { quality, ofReal, privacy } = figures;
  return (
    <section class="table-part" aria-labelledby="table-figures">
      <h3 id="table-figures">{figures.iteration === null ? words.finished : words.title(whole(figures.iteration))}</h3>
      <p class="note">{words.note}</p>
      <dl class="table-tiles">
        <Tile name={words.shape} value={quality.shape} real={ofReal?.shape} says={words.shapeSays} />
        <Tile name={words.trend} value={quality.trend} real={ofReal?.trend} says={words.trendSays} />
        <Tile name={words.detection} value={quality.auc} real={ofReal?.auc} says={words.detectionSays} />
        {privacy && (
          <div>
            <dt>{words.privacy}</dt>
            <dd>
              <b>{percent(privacy.closerToTraining ?? privacy.copies)}</b>
              <span class="says">
                {privacy.closerToTraining === null
                  ? words.copiesOnly(percent(privacy.realCopies))
                  : words.privacySays(percent(privacy.copies), percent(privacy.realCopies))}
              </span>
            </dd>
          </div>
        )}
      </dl>
      <Marginals figures={figures} />
      <Pairs figures={figures} />
    </section>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: number | null;
  /** Of real rows. */
  readonly real: number | null | undefined;
  readonly says: string;
}

function Tile({ name, value, real, says }: TileProps) {
  const words = text().table.figures;
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{number(value, 3)}</b>
        <span class="says">
          {says}
          {real !== null && real !== undefined && ` ${words.ofReal(number(real, 3))}`}
        </span>
      </dd>
    </div>
  );
}
