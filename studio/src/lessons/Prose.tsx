import { Formula } from "./Formula.js";

const MARKS = /(\$[^$]+\$|\*[^*]+\*|`[^`]+`)/;

/** A paragraph of a dictionary: `$...$` is a formula in the line, `*...*` a term that is named for the first time, and between backticks is code. */
export function Prose({ children }: { readonly children: string }) {
  return (
    <p>
      {children.split(MARKS).map((part) => {
        const inner = part.slice(1, -1);
        if (part.startsWith("$")) return <Formula tex={inner} label={inner} />;
        if (part.startsWith("*")) return <em>{inner}</em>;
        if (part.startsWith("`")) return <code>{inner}</code>;
        return part;
      })}
    </p>
  );
}
