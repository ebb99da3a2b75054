import type { Studio } from "../app/studio.js";
import { pairingTitle } from "../controls/pairingTitle.js";
import { type Dictionary, text } from "../language/index.js";
import { type KeptPicture, scenePng, sceneSvg, theme } from "../scene/index.js";
import type { SideFrame } from "../session/protocol.js";
import { sideLooks } from "../settings/looks.js";
import { opponentOf } from "../settings/opponent.js";
import { sideName } from "../settings/pairing.js";
import { type Settings, SIDES, type Side } from "../settings/settings.js";
import { sidesResults } from "./results.js";
import { save } from "./save.js";
import { videoOf, videoType } from "./video.js";

/** What the reader can take away: generators, pictures, both runs and the link. */
export function Downloads({ studio }: { readonly studio: Studio }) {
  const { app, download: words } = text();
  const { session } = studio;
  const say = (sentence: (words: Dictionary) => string) => {
    studio.notice.value = { kind: "said", sentence };
  };
  const saving = async (name: string, make: () => Promise<Blob> | Blob) => {
    try {
      save(name, await make());
      say(({ download }) => download.saved(name));
    } catch (error) {
      say(({ download }) => download.failed(error instanceof Error ? error.message : String(error)));
    }
  };
  const fileOf = (side: Side, ending: string) => {
    const settings = studio.settings.value;
    return `${settings.data}-${sideName(settings[side])}-seed-${settings.seed}.${ending}`;
  };
  const pictureOf = (side: Side, frame = studio.film.shown[side].value): KeptPicture => ({
    scene: studio.scene.value!,
    frame,
    layers: studio.layers.value,
    interpolation: studio.interpolation.value?.[side] ?? null,
    label: app.sideOf(app.sides[side], pairingTitle(studio.settings.value[side])),
    look: sideLooks(studio.settings.value)[side],
  });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      say(({ download }) => download.linked);
    } catch {
      say(({ download }) => download.notLinked);
    }
  };
  const ready = session.sides.left.frame.value !== null;
  const evaluated = SIDES.some((side) => session.sides[side].evaluations.value.length > 0);
  return (
    <section class="downloads">
      <div class="players">
        {SIDES.map((side) => (
          <fieldset key={side}>
            <legend>{app.sides[side]}</legend>
            <Save
              label={words.generator}
              side={app.sides[side]}
              disabled={!ready}
              act={() =>
                saving(
                  fileOf(side, "onnx"),
                  async () => new Blob([(await session.exportGenerator(side)).model as Uint8Array<ArrayBuffer>]),
                )
              }
            />
            <Save
              label={words.png}
              side={app.sides[side]}
              disabled={!ready}
              act={() => saving(fileOf(side, "png"), () => scenePng(pictureOf(side), { theme: theme() }))}
            />
            <Save
              label={words.svg}
              side={app.sides[side]}
              disabled={!ready}
              act={() =>
                saving(
                  fileOf(side, "svg"),
                  () => new Blob([sceneSvg(pictureOf(side), { theme: theme() })], { type: "image/svg+xml" }),
                )
              }
            />
          </fieldset>
        ))}
      </div>
      <div class="downloads-both">
        <button
          type="button"
          disabled={!evaluated}
          onClick={() => saving("results.json", () => new Blob([jsonOf(studio)], { type: "application/json" }))}
        >
          {words.run}
        </button>
        <button
          type="button"
          disabled={studio.film.frames.value.length < 2 || !videoType}
          title={videoType ? undefined : words.noVideo}
          onClick={() => saving(filmName(studio.settings.value), () => filmOf(studio, pictureOf))}
        >
          {words.film}
        </button>
        <button type="button" onClick={copy}>
          {words.link}
        </button>
      </div>
    </section>
  );
}

function filmName({ data, seed }: Settings): string {
  return `${data}-seed-${seed}.${videoType?.startsWith("video/mp4") ? "mp4" : "webm"}`;
}

/** Both pictures as the runs went on so far. */
function filmOf(studio: Studio, pictureOf: (side: Side, frame: SideFrame) => KeptPicture): Promise<Blob> {
  studio.notice.value = { kind: "said", sentence: ({ download }) => download.recording };
  const frames = studio.film.frames.value.map((frame) => () => SIDES.map((side) => pictureOf(side, frame[side])));
  return videoOf(frames, { theme: theme() });
}

interface SaveProps {
  readonly label: string;
  readonly side: string;
  readonly disabled: boolean;
  readonly act: () => void;
}

function Save({ label, side, disabled, act }: SaveProps) {
  return (
    <button type="button" aria-label={text().download.ofSide(label, side)} disabled={disabled} onClick={act}>
      {label}
    </button>
  );
}

function jsonOf({ session, scene, settings }: Studio): string {
  const { name } = scene.value!;
  const sides = Object.fromEntries(
    SIDES.map((side) => {
      const { evaluations, diverged } = session.sides[side];
      const opponent = opponentOf(settings.value[side]);
      const end =
        diverged.value &&
        `The ${diverged.value.term.replace("critic", opponent)} was not finite at iteration ${diverged.value.iteration}.`;
      return [side, { evaluations: evaluations.value, stopped: end }];
    }),
  ) as Parameters<typeof sidesResults>[2];
  return `${JSON.stringify(sidesResults(settings.value, name, sides, location.href), null, 2)}\n`;
}
