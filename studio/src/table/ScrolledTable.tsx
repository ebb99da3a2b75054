import type { ComponentChildren } from "preact";

export interface ScrolledTableProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** Room for a table that may be larger than the page: it scrolls by itself, by keyboard too. */
export function ScrolledTable({ label, children }: ScrolledTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: not every browser lets what scrolls be reached by keyboard otherwise
    <section class="table-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
