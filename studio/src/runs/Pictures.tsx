import { useSignal } from "@preact/signals";
import type { RunPicture } from "../../../src/studioServer/protocol.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { labelOf } from "./labels.js";

export interface PicturesProps {
  /** Of the run. */
  readonly name: string;
  readonly pictures: readonly RunPicture[];
}

/** The pictures of a report by the beginnings of their names, in the order that they are shown in. */
const KINDS = ["overview", "samples-real", "samples-over-time", "samples", "surface", "optimal-critic"] as const;

/** The pictures that a run keeps: its samples through time, and those of a report. */
export function Pictures({ name, pictures }: PicturesProps) {
  const words = text().runs.pictures;
  const moments = pictures.filter(({ title }) => title === "samples");
  const others = pictures
    .flatMap(({ title, address }) => {
      const kind = KINDS.findIndex((name) => title === name || title.startsWith(`${name}-`));
      const caption = captionOf(KINDS[kind], title);
      return caption === null ? [] : [{ kind, caption, address }];
    })
    .sort((one, other) => one.kind - other.kind);
  if (moments.length + others.length === 0) return null;
  return (
    <section class="run-pictures" aria-label={words.title}>
      <h4>{words.title}</h4>
      {moments.length > 0 && <Moments name={name} moments={moments} />}
      {others.map(({ caption, address }) => (
        <figure key={address}>
          <img src={address} alt={caption} loading="lazy" />
          <figcaption>{caption}</figcaption>
        </figure>
      ))}
    </section>
  );
}

/** Samples at one moment: the last, also when another comes, until the reader takes another. */
function Moments({ name, moments }: { readonly name: string; readonly moments: readonly RunPicture[] }) {
  const words = text().runs.pictures;
  const taken = useSignal<number | null>(null);
  const last = moments.length - 1;
  const index = Math.min(taken.value ?? last, last);
  const { iteration, address } = moments[index]!;
  const when = iteration === null ? words.end : words.at(whole(iteration));
  return (
    <figure>
      <img src={address} alt={words.samples(name, when)} />
      <figcaption>
        {last > 0 && (
          <label>
            {words.moment}{" "}
            <input
              type="range"
              min={0}
              max={last}
              value={index}
              aria-valuetext={when}
              onInput={({ currentTarget }) => {
                const place = Number(currentTarget.value);
                taken.value = place === last ? null : place;
              }}
            />
          </label>
        )}{" "}
        {when}
      </figcaption>
    </figure>
  );
}

/** What a report's picture shows; `null` where this page has no words for it. */
function captionOf(kind: (typeof KINDS)[number] | undefined, title: string): string | null {
  const words = text().runs.pictures;
  if (kind === undefined) return null;
  if (kind === "overview" || kind === "samples-real") return words[kind];
  const loss = labelOf(title.slice(kind.length + 1));
  if (loss === null) return null;
  return kind === "samples" ? words.samples(loss, words.end) : words[kind](loss);
}
