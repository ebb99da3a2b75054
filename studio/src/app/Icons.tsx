const PATHS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M6.5 5h4v14h-4zM13.5 5h4v14h-4z",
  generatorStep: "M5 5l9 7-9 7zM16 5h3v14h-3z",
  criticStep: "M11.5 5a7 7 0 1 0 4.4 12.4l4 4 1.5-1.5-4-4A7 7 0 0 0 11.5 5zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10z",
  reset: "M12 5a7 7 0 0 1 6.6 9.3l1.9.7A9 9 0 1 0 6 5.3V2.5H4V9h6.5V7H7.2A7 7 0 0 1 12 5z",
  settings: "M4 6h9v2H4zm13 0h3v2h-3zm-3-2h2v6h-2zM4 16h3v2H4zm7 0h9v2h-9zm-3-2h2v6H8z",
  sun: "M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM11 1h2v4h-2zm0 18h2v4h-2zM1 11h4v2H1zm18 0h4v2h-4zM4 5.4 5.4 4l2.9 2.8-1.5 1.5zM15.7 17.2l1.5-1.5L20 18.6 18.6 20zM4 18.6l2.8-2.9 1.5 1.5L5.4 20zM15.7 6.8 18.6 4 20 5.4l-2.8 2.9z",
  moon: "M13 3a9 9 0 1 0 8 12.5A8 8 0 0 1 13 3z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
} as const;

export type IconName = keyof typeof PATHS;

/** A small picture for a control that also has words. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" fill="currentColor" aria-hidden="true">
      <path d={PATHS[name]} fill-rule="evenodd" />
    </svg>
  );
}
