/** Of every distance, estimate and slope of a run: those in which its networks see the data. */
export const UNITS = "training units";
