/** What the runs learn. */
export const data = {
  title: "Data",
  names: {
    grid: "Grid",
    ring: "Ring",
    "unequal-modes": "Unequal modes",
    "two-gaussians": "Two heaps",
    gaussian: "One heap",
    line: "Line",
    "swiss-roll": "Swiss roll",
    spiral: "Spiral",
    moons: "Moons",
    "disjoint-regions": "Disc and ring",
    mnist: "Digits",
    drawn: "Draw",
    file: "CSV file",
  },
  drop: "Drop a table, points, or a results.json",
  draw: {
    title: "Draw your own data",
    intro: "Draw with the mouse or a finger. With keys: the arrows move the brush, space or enter puts points down.",
    board: (count: string) => `Drawing board with ${count} points`,
    count: (count: string) => `${count} points`,
    few: (least: string) => `Put down ${least} points or more.`,
    flat: "All points lie on one vertical or horizontal line; draw some beside it.",
    most: (most: string) => `That is the most that the board holds: ${most} points.`,
    undo: "Undo",
    clear: "Clear",
    use: "Learn these",
    cancel: "Cancel",
    linked: "They are few enough to be in the link of this page.",
    notLinked: (most: string) => `More than ${most} points are not in the link of this page.`,
  },
  file: {
    title: "Points from a file",
    intro:
      "A table with one point a row (.csv, .tsv, .json, or with .gz), or an array (.npy, .npz, IDX). The file stays in this browser.",
    pick: "Choose a file",
    reading: "Reading ...",
    x: "First coordinate",
    y: "Second coordinate",
    rows: (count: string) => `${count} rows`,
    use: "Learn these",
    whole: "Train on the whole table",
    cancel: "Cancel",
  },
  problems: {
    large: (name: string, size: string, most: string) => `${name} has ${size} MB; this page reads ${most} MB at most.`,
    unreadable: (name: string) => `${name} could not be read.`,
    malformed: (name: string, line: string) => `${name} is not valid CSV: line ${line} cannot be read.`,
    empty: (name: string) => `${name} has no rows of numbers.`,
    commas: (name: string, line: string) =>
      `${name}, line ${line}: commas part the cells and the decimals; part the cells by semicolons, or put numbers in quotes.`,
    ragged: (name: string, line: string, cells: string, usual: string) =>
      `${name}, line ${line}: the row has ${cells} cells where the first has ${usual}; make all rows as long.`,
    columns: (name: string, line: string, column: string, cell: string) =>
      `${name} has fewer than two columns of numbers: in line ${line}, “${column}” holds “${cell}”.`,
    images: (name: string) => `${name} holds images; this page reads points.`,
    refused: (sentence: string) => sentence,
    oneColumn: (name: string) =>
      `${name} has one column; points of the plane take two, parted by commas, semicolons or tabs.`,
    constant: (name: string, column: string) =>
      `${name}: “${column}” has the same value in every row, so there is nothing to learn.`,
    kind: (name: string) => `${name} is neither a table or array of points nor a results.json.`,
  },
};
