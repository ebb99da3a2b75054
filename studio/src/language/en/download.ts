/** What the reader takes away. */
export const download = {
  title: "Save",
  generator: "Generator (.onnx)",
  png: "Picture (.png)",
  svg: "Picture (.svg)",
  run: "Both runs (.json)",
  film: "Film of the runs",
  recording: "The film is recorded while it plays, which takes ten seconds at most.",
  noVideo: "this browser records no video.",
  link: "Copy link",
  linked: "The link is copied.",
  notLinked: "The browser did not let the link be copied; it stands in the address bar.",
  ofSide: (what: string, side: string) => `${what}, ${side}`,
  saved: (name: string) => `Saved: ${name}`,
  noPng: "this browser cannot write a PNG.",
  failed: (message: string) => `It could not be saved: ${message}`,
};
