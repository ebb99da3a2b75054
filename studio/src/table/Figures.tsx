import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import { Marginals } from "./Marginals.js";
import { Pairs } from "./Pairs.js";
import type { LiveFigures } from "./protocol.js";

/** What a generator's rows have in common with real ones, as it trains. */
export function Figures({ figures }: { readonly figures: LiveFigures }) {
  const words = text().table.figures;
  const { quality, ofReal, privacy } = figures;
  const lost = furthestPair(figures.associations);
  const trendSays = lost
    ? `${words.trendSays} ${words.furthest(lost.names, number(lost.real, 2), number(lost.synthetic, 2))}`
    : words.trendSays;
  return (
    <section class="table-part" aria-labelledby="table-figures">
      <h3 id="table-figures">{figures.iteration === null ? words.finished : words.title(whole(figures.iteration))}</h3>
      <p class="note">
        {words.note} {figures.heldOut === null ? words.noneHeldOut : words.heldOut(whole(figures.heldOut))}
      </p>
      <dl class="table-tiles">
        <Tile name={words.shape} value={quality.shape} real={ofReal?.shape} says={words.shapeSays} />
        <Tile name={words.trend} value={quality.trend} real={ofReal?.trend} says={trendSays} />
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

/** A difference of two associations that is worth a sentence. */
const NOTICED = 0.1;

/** The pair of columns whose association differs most from the real one; `null` where all are alike. */
function furthestPair({ columns, real, synthetic }: LiveFigures["associations"]) {
  const pairs = columns.flatMap((name, i) =>
    columns.slice(0, i).flatMap((other, j) => {
      const [one, two] = [real[i]?.[j] ?? null, synthetic[i]?.[j] ?? null];
      return one === null || two === null ? [] : [{ names: [other, name] as const, real: one, synthetic: two }];
    }),
  );
  const apart = (pair: (typeof pairs)[number]) => Math.abs(pair.real - pair.synthetic);
  const furthest = pairs.reduce((most, pair) => (apart(pair) > apart(most) ? pair : most), pairs[0]!);
  return pairs.length > 0 && apart(furthest) >= NOTICED ? furthest : null;
}
