import { settingName } from "../language/catalogues.js";
import { list, whole } from "../language/format.js";
import { text } from "../language/index.js";
import { opponentsOf } from "../settings/opponent.js";
import { linkSentence } from "./linkSentence.js";
import type { Studio, Notice as Told } from "./studio.js";

export interface NoticeProps {
  readonly studio: Studio;
  /** What is said where there is nothing to tell; nothing unless given. */
  readonly otherwise?: string;
}

/** What the reader is told once, until it is dismissed. It is spoken when it changes. */
export function Notice({ studio, otherwise = "" }: NoticeProps) {
  const { notice, settings } = studio;
  const told = notice.value;
  const offer = told && offerOf(told, studio);
  return (
    <>
      <p role="status">{told ? sentenceOf(told, text().app.opponents[opponentsOf(settings.value)]) : otherwise}</p>
      {offer && (
        <button type="button" onClick={offer.accept}>
          {text().app.status[offer.name]}
        </button>
      )}
      {told && (
        <button
          type="button"
          class="plain"
          aria-label={text().app.status.dismiss}
          onClick={() => {
            notice.value = null;
          }}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
    </>
  );
}

/** What can be done about what is told. */
function offerOf(notice: Told, { undo, redo, restart }: Studio) {
  switch (notice.kind) {
    case "restarted":
    case "changed":
      return { name: "undo", accept: undo } as const;
    case "undone":
      return { name: "redo", accept: redo } as const;
    case "resumed":
      return { name: "anew", accept: restart } as const;
    case "taught":
      return { name: "back", accept: notice.back } as const;
    default:
      return null;
  }
}

function sentenceOf(notice: Told, opponent: string): string {
  const { app } = text();
  switch (notice.kind) {
    case "said":
      return notice.sentence(text());
    case "taught":
      return app.status.taught;
    case "resumed":
      return app.status.resumed(whole(notice.iteration));
    case "link":
      return linkSentence(notice.notes);
    default:
      return app.status[notice.kind](list(notice.names.map((name) => settingName(name, opponent))));
  }
}
