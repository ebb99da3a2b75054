import { Icon, type IconName } from "../app/Icons.js";
import type { Studio } from "../app/studio.js";
import { whole } from "../language/format.js";
import { text } from "../language/index.js";
import { opponentsOf } from "../settings/opponent.js";
import { placeOfSpeed, SPEEDS } from "./speeds.js";

/** Play, single steps, reset and speed of both runs. */
export function Transport({ studio }: { readonly studio: Studio }) {
  const words = text().controls;
  const playing = studio.session.playing.value;
  const { scene, error } = studio.session;
  const still = scene.value === null || error.value !== null || studio.state.value === "over";
  return (
    <section class="transport" aria-label={words.transport}>
      <button type="button" class="primary" onClick={studio.togglePlay} disabled={still}>
        <Icon name={playing ? "pause" : "play"} />
        {playing ? words.pause : words.play}
      </button>
      <div class="steps">
        <Action
          icon="criticStep"
          label={words.criticStep[opponentsOf(studio.settings.value)]}
          act={() => studio.step("critic")}
          disabled={still}
        />
        <Action
          icon="generatorStep"
          label={words.generatorStep}
          act={() => studio.step("generator")}
          disabled={still}
        />
      </div>
      <Action icon="reset" label={words.reset} act={studio.restart} />
      <Speed studio={studio} />
    </section>
  );
}

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly act: () => void;
  readonly disabled?: boolean;
}

/** A button whose words give way to its icon where there is little room. */
function Action({ icon, label, act, disabled = false }: ActionProps) {
  return (
    <button type="button" class="action" title={label} onClick={act} disabled={disabled}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

function Speed({ studio }: { readonly studio: Studio }) {
  const words = text().controls;
  const limit = studio.speed.value;
  return (
    <label class="speed">
      <span>{words.speed}</span>
      <input
        type="range"
        min={0}
        max={SPEEDS.length - 1}
        step={1}
        value={placeOfSpeed(limit)}
        aria-valuetext={limit === null ? words.spokenFull : words.spokenSpeed(whole(limit))}
        onInput={({ currentTarget }) => studio.setSpeed(SPEEDS[currentTarget.valueAsNumber]!)}
      />
      <output>{limit === null ? words.full : words.limited(whole(limit))}</output>
    </label>
  );
}
