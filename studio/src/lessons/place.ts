const MARGIN = 8;

/** Puts a popover that is open below the element that it belongs to, or above it where there is no room below, and within the window. */
export function beside(anchor: Element, popover: HTMLElement): void {
  const { left, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = bottom + MARGIN;
  const fits = below + height + MARGIN <= innerHeight;
  popover.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  popover.style.top = `${fits ? below : Math.max(MARGIN, top - height - MARGIN)}px`;
}
