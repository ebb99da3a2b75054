/** The folder of pictures in the folder of a report. */
export const PICTURES = "pictures";
/** The page, beside it. */
export const PAGE = "report.html";
/** The figures, for machines. */
export const RESULTS = "results.json";

/** What `writeReport` writes into a folder. */
export const REPORT: readonly string[] = [PICTURES, PAGE, RESULTS];
