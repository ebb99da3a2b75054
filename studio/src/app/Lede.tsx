import { useMemo } from "preact/hooks";
import { MarkSwatch } from "../charts/index.js";
import { settingName } from "../language/catalogues.js";
import { list } from "../language/format.js";
import { language, text } from "../language/index.js";
import { differencesOf } from "../settings/difference.js";
import { sideLooks } from "../settings/looks.js";
import { opponentsOf } from "../settings/opponent.js";
import { type Settings, SIDES } from "../settings/settings.js";

/** Where the marks of the samples stand in the sentence. */
const MARKED = /(\{fakes\}|\{reals\})/;

/** What a GAN is and what the experiment is, in two sentences. */
export function Lede({ settings }: { readonly settings: Settings }) {
  const { lede, opponents } = text().app;
  const differences = useMemo(() => {
    const opponent = opponents[opponentsOf(settings)];
    const known: Readonly<Record<string, string>> = lede.differences;
    return differencesOf(settings).map((name) => known[name] ?? settingName(name, opponent));
  }, [settings, language.value]);
  const looks = sideLooks(settings);
  return (
    <p class="lede">
      {lede.gan.split(MARKED).map((part) => {
        if (part === "{reals}") return <MarkSwatch mark="circle" color="var(--ink)" />;
        if (part === "{fakes}") return SIDES.map((side) => <MarkSwatch key={side} {...looks[side]} />);
        return part;
      })}{" "}
      {differences.length === 0 ? lede.same : lede.differs(list(differences))}
    </p>
  );
}
