import { networks } from "../../../src/networks/index.js";
import { capitalised } from "../../../src/quoting.js";
import { factsOf } from "../../../src/settings.js";
import { machineWords } from "../app/machine.js";
import type { Studio } from "../app/studio.js";
import { fieldName, settingName, wordsOf } from "../language/catalogues.js";
import { text } from "../language/index.js";
import { Explain, type Term } from "../lessons/index.js";
import { DEVICES, type DeviceChoice } from "../session/protocol.js";
import { defaultsFor, networksFor } from "../settings/defaults.js";
import { opponentsOf } from "../settings/opponent.js";
import { isInRange, type NumberName, RANGES } from "../settings/ranges.js";
import { FurtherFields } from "./FurtherFields.js";
import { NumberField } from "./NumberField.js";

type Kind = "seed" | "width" | "depth" | "rate" | "batch" | "criticSteps";

/** Everything that both sides have in common, but the data. */
export function AdvancedSettings({ studio }: { readonly studio: Studio }) {
  const { controls } = text();
  const settings = studio.settings.value;
  const hasDepth = networks.get(settings.network).settings.shape.depth !== undefined;
  const field = (name: NumberName, kind: Kind, term?: Term) => (
    <Field studio={studio} name={name} kind={kind} {...(term && { term })} />
  );
  return (
    <div class="settings">
      <section>
        <h3>{controls.training}</h3>
        <div class="fields">
          {field("seed", "seed", "seed")}
          {field("batch", "batch", "batch")}
          {field("criticSteps", "criticSteps", "criticSteps")}
        </div>
        <FurtherFields studio={studio} />
        {studio.canSettle.value && <Settling studio={studio} />}
      </section>
      <section>
        <h3>{controls.networks}</h3>
        {networksFor(settings.data).length > 1 && <NetworkChoice studio={studio} />}
        <div class="players">
          <fieldset>
            <legend>{controls.generator}</legend>
            {field("generatorWidth", "width", "width")}
            {hasDepth && field("generatorDepth", "depth", "depth")}
            {field("generatorRate", "rate", "learningRate")}
          </fieldset>
          <fieldset>
            <legend>{capitalised(text().app.opponents[opponentsOf(settings)])}</legend>
            {field("criticWidth", "width", "width")}
            {hasDepth && field("criticDepth", "depth", "depth")}
            {field("criticRate", "rate", "learningRate")}
          </fieldset>
        </div>
        <Device studio={studio} />
        <button type="button" onClick={() => studio.apply(defaultsFor(settings.data, settings.network))}>
          {controls.defaults}
        </button>
      </section>
    </div>
  );
}

/** The settled estimate: once, or with the evaluations as fast as they come. */
function Settling({ studio }: { readonly studio: Studio }) {
  const { controls } = text();
  const { session } = studio;
  const settling = session.settling.value;
  return (
    <div class="settling">
      <button type="button" onClick={studio.settleNow} disabled={settling || session.scene.value === null}>
        {settling ? controls.settling : controls.settleNow}
      </button>
      <Explain term="settled">{text().glossary.terms.settled.what}</Explain>
      <label>
        <input
          type="checkbox"
          checked={studio.settle.value}
          onChange={({ currentTarget }) => {
            studio.settle.value = currentTarget.checked;
          }}
        />
        {controls.settle}
      </label>
    </div>
  );
}

/** Where it is to be computed, and where it is and why. */
function Device({ studio }: { readonly studio: Studio }) {
  const { controls } = text();
  const { session, device, scene } = studio;
  const machine = session.machine.value;
  const where = machine && machineWords(machine, { choice: device.value, images: scene.value?.frame === null });
  return (
    <>
      <label class="field">
        {controls.device}
        <select
          value={device.value}
          onChange={({ currentTarget }) => studio.setDevice(currentTarget.value as DeviceChoice)}
        >
          {DEVICES.map((one) => (
            <option key={one} value={one}>
              {controls.devices[one]}
            </option>
          ))}
        </select>
      </label>
      {where && (
        <p class="machine note">
          {where.what}. {where.why}
        </p>
      )}
    </>
  );
}

interface FieldProps {
  readonly studio: Studio;
  readonly name: NumberName;
  readonly kind: Kind;
  readonly term?: Term;
}

function Field({ studio, name, kind, term }: FieldProps) {
  const { units } = text().controls;
  const settings = studio.settings.value;
  const { network, [name]: value } = settings;
  const opponent = text().app.opponents[opponentsOf(settings)];
  return (
    <NumberField
      range={RANGES[name]}
      fits={(given) => isInRange(name, given)}
      label={fieldName(kind, opponent)}
      spoken={settingName(name, opponent)}
      unit={kind === "width" ? widthUnit(network) : units[kind]}
      value={value}
      onChange={(given) => studio.apply({ [name]: given })}
      term={term}
    />
  );
}

/** What the width of a network counts. */
function widthUnit(network: string): string {
  const { units } = text().controls;
  const schema = networks.get(network).settings.shape.width;
  const unit = (schema && factsOf(schema).unit) ?? "";
  return unit === "neurons" ? units.width : unit === "channels" ? units.channels : unit;
}

function NetworkChoice({ studio }: { readonly studio: Studio }) {
  const { controls } = text();
  return (
    <label class="field">
      {controls.network}
      <select
        value={studio.settings.value.network}
        onChange={({ currentTarget }) => studio.apply({ network: currentTarget.value })}
      >
        {networksFor(studio.settings.value.data).map((entry) => (
          <option key={entry.name} value={entry.name}>
            {wordsOf("networks", entry).what}
          </option>
        ))}
      </select>
    </label>
  );
}
