import { useMemo } from "preact/hooks";
import type { Studio } from "../app/studio.js";
import { dataName } from "../language/catalogues.js";
import { text } from "../language/index.js";
import { dataNames, hasOwnPoints } from "../settings/settings.js";
import { isLinkable } from "../settings/url.js";
import { openDialog } from "./dialogs.js";
import { thumbnailOf } from "./thumbnails.js";
import "./data.css";

/** The data sets as small pictures; the reader's own points open a window. */
export function DataChoice({ studio }: { readonly studio: Studio }) {
  const { app } = text();
  const chosen = studio.settings.value.data;
  const own = studio.own.value;
  const choose = (name: string) => {
    if (name === "drawn") openDialog.value = { kind: "draw" };
    else if (name === "file") openDialog.value = { kind: "file", dropped: null };
    else studio.apply({ data: name });
  };
  return (
    <>
      <div class="data-choice">
        {dataNames().map((name) => (
          <button key={name} type="button" aria-pressed={chosen === name} onClick={() => choose(name)}>
            <Thumbnail name={name} />
            {dataName(name)}
          </button>
        ))}
      </div>
      {hasOwnPoints(chosen) && own && !isLinkable(own) && <p class="note">{app.link.notInside}</p>}
    </>
  );
}

function Thumbnail({ name }: { readonly name: string }) {
  const path = useMemo(() => thumbnailOf(name), [name]);
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
