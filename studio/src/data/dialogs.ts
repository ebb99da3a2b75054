import { type Signal, signal } from "@preact/signals";

/** Which window for the reader's own points is open. */
export const openDialog: Signal<
  { readonly kind: "draw" } | { readonly kind: "file"; readonly dropped: File | null } | null
> = signal(null);
