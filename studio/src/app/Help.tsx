import { text } from "../language/index.js";
import { Dialog } from "./Dialog.js";
import { keysOn, SHORTCUTS } from "./keyboard.js";

/** What the page is, and its keys. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const words = text().app.keys;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>{words.intro}</p>
      <dl class="keys">
        {SHORTCUTS.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key === " " ? words.space : key}</kbd>
              ))}
            </dt>
            <dd>{words[what]}</dd>
          </div>
        ))}
      </dl>
      <p class="note">{words.note}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={keysOn.value}
          onChange={({ currentTarget }) => {
            keysOn.value = currentTarget.checked;
          }}
        />
        {words.on}
      </label>
    </Dialog>
  );
}
