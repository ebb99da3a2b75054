import { openTable } from "../app/drop.js";
import type { Studio } from "../app/studio.js";
import { DRAWN, DrawDialog } from "./DrawDialog.js";
import { openDialog } from "./dialogs.js";
import { FileDialog } from "./FileDialog.js";

/** The window for the reader's own points, while one is open. */
export function OwnData({ studio }: { readonly studio: Studio }) {
  const open = openDialog.value;
  const close = () => {
    openDialog.value = null;
  };
  if (open?.kind === "draw") {
    const own = studio.own.value;
    const drawn = own?.name === DRAWN ? own : null;
    return (
      <DrawDialog
        drawn={drawn}
        onClose={close}
        onUse={(points) => {
          close();
          studio.learn("drawn", points);
        }}
      />
    );
  }
  if (open?.kind === "file") {
    return (
      <FileDialog
        dropped={open.dropped}
        onClose={close}
        onTable={(file) => {
          close();
          openTable(studio, file);
        }}
        onUse={(points) => {
          close();
          studio.learn("file", points);
        }}
      />
    );
  }
  return null;
}
