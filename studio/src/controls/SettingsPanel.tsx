import { networks } from "../../../src/networks/index.js";
import { factsOf } from "../../../src/settings.js";
import type { Studio } from "../app/studio.js";
import { DataChoice } from "../data/DataChoice.js";
import { Downloads } from "../download/Downloads.js";
import { wordsOf } from "../language/catalogues.js";
import { text } from "../language/index.js";
import { DEVICES, type DeviceChoice } from "../session/protocol.js";
import { defaultsFor, networksFor } from "../settings/defaults.js";
import { isInRange, type NumberName, RANGES } from "../settings/ranges.js";
import { Explain, type Term } from "../tour/index.js";
import { FurtherFields } from "./FurtherFields.js";
import { NumberField } from "./NumberField.js";

type Kind = "seed" | "width" | "depth" | "rate" | "batch" | "criticSteps";

/** Everything that both sides have in common, and what can be saved. */
export function SettingsPanel({ studio }: { readonly studio: Studio }) {
  const { controls } = text();
  const settings = studio.settings.value;
  const hasDepth = networks.get(settings.network).settings.shape.depth !== undefined;
  const field = (name: NumberName, kind: Kind, term?: Term) => (
    <Field studio={studio} name={name} kind={kind} {...(term && { term })} />
  );
  return (
    <div class="settings">
      <section data-tour="data">
        <h2>{text().data.title}</h2>
        <DataChoice studio={studio} />
      </section>
      <section>
        <h2>{controls.training}</h2>
        <div class="fields">
          {field("seed", "seed", "seed")}
          {field("batch", "batch", "batch")}
          {field("criticSteps", "criticSteps", "criticSteps")}
        </div>
        <FurtherFields studio={studio} />
        {studio.canSettle.value && <Settling studio={studio} />}
      </section>
      <section>
        <h2>{controls.networks}</h2>
        {networksFor(settings.data).length > 1 && <NetworkChoice studio={studio} />}
        <div class="players">
          <fieldset>
            <legend>{controls.generator}</legend>
            {field("generatorWidth", "width", "width")}
            {hasDepth && field("generatorDepth", "depth", "depth")}
            {field("generatorRate", "rate", "learningRate")}
          </fieldset>
          <fieldset>
            <legend>{controls.critic}</legend>
            {field("criticWidth", "width", "width")}
            {hasDepth && field("criticDepth", "depth", "depth")}
            {field("criticRate", "rate", "learningRate")}
          </fieldset>
        </div>
        <label class="device">
          {controls.device}
          <select
            value={studio.device.value}
            onChange={({ currentTarget }) => studio.setDevice(currentTarget.value as DeviceChoice)}
          >
            {DEVICES.map((device) => (
              <option key={device} value={device}>
                {controls.devices[device]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => studio.apply(defaultsFor(settings.data, settings.network))}>
          {controls.defaults}
        </button>
      </section>
      <Downloads studio={studio} />
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
      <Explain term="settled" />
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

interface FieldProps {
  readonly studio: Studio;
  readonly name: NumberName;
  readonly kind: Kind;
  readonly term?: Term;
}

function Field({ studio, name, kind, term }: FieldProps) {
  const { fields, units, names } = text().controls;
  const { network, [name]: value } = studio.settings.value;
  return (
    <NumberField
      range={RANGES[name]}
      fits={(given) => isInRange(name, given)}
      label={fields[kind]}
      spoken={names[name]}
      unit={kind === "width" ? widthUnit(network) : units[kind]}
      value={value}
      onChange={(given) => studio.apply({ [name]: given })}
    >
      {term && !name.startsWith("generator") && <Explain term={term} />}
    </NumberField>
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
    <label class="device">
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
