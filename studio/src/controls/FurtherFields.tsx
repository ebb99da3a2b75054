import type { Studio } from "../app/studio.js";
import { fieldName } from "../language/catalogues.js";
import { text } from "../language/index.js";
import { type FurtherSetting, furtherSettings, isFurtherValue } from "../settings/furtherSettings.js";
import { opponentsOf } from "../settings/opponent.js";
import type { SettingValue } from "../settings/settings.js";
import { NumberField } from "./NumberField.js";

/** The settings that the sides' losses, constraints, networks and optimizers have, as their catalogues say. */
export function FurtherFields({ studio }: { readonly studio: Studio }) {
  const settings = studio.settings.value;
  const opponent = text().app.opponents[opponentsOf(settings)];
  const set = (name: string, value: SettingValue | null) => {
    const { [name]: _, ...others } = settings.more;
    studio.apply({ more: value === null ? others : { ...others, [name]: value } });
  };
  return (
    <div class="fields">
      {furtherSettings(settings).map((setting) => (
        <Field
          key={setting.name}
          setting={setting}
          opponent={opponent}
          value={settings.more[setting.name] ?? null}
          onChange={(value) => set(setting.name, value)}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly setting: FurtherSetting;
  /** What it is called. */
  readonly opponent: string;
  /** `null` where nothing is chosen. */
  readonly value: SettingValue | null;
  /** Hears `null` where the value is the usual one. */
  readonly onChange: (value: SettingValue | null) => void;
}

function Field({ setting: { name, description, usual, takes }, opponent, value, onChange }: FieldProps) {
  const { controls } = text();
  const [first = ""] = usual;
  if ("range" in takes) {
    return (
      <NumberField
        range={takes.range}
        fits={(given) => isFurtherValue(name, given)}
        label={fieldName(name, opponent)}
        unit=""
        value={Number(value ?? first)}
        onChange={(given) => onChange(given === first ? null : given)}
        term={name === "lambda" ? name : undefined}
      />
    );
  }
  return (
    <label class="field" title={description}>
      {fieldName(name, opponent)}
      <select
        value={value ?? ""}
        onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : currentTarget.value)}
      >
        <option value="">{controls.usual(usual.join(", "))}</option>
        {takes.options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
