import { datasets, fromArray } from "monge";

datasets.add({
  name: "own-cross",
  title: "A cross",
  summary: "points on two lines that cross",
  open: () =>
    fromArray(
      Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? [i / 100 - 1, 0] : [0, i / 100 - 1])),
      { name: "own-cross" },
    ),
});
