import { Formula } from "./Formula.js";

const MARKS = /(\$[^$]+\$|\*[^*]+\*)/;

/** A paragraph of a dictionary: `$...$` is a formula in the line, `*...*` a term that is named for the first time. */
export function Prose({ children }: { readonly children: string }) {
  return (
    <p>
      {children.split(MARKS).map((part) => {
        if (part.startsWith("$")) return <Formula tex={part.slice(1, -1)} label={part.slice(1, -1)} />;
        if (part.startsWith("*")) return <em>{part.slice(1, -1)}</em>;
        return part;
      })}
    </p>
  );
}
