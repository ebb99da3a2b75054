import type { ProtocolName } from "./protocols.js";

/** A mean as a paper prints it, with the standard error where the paper has one. */
export interface ReportedFigure {
  readonly mean: number;
  readonly error: number | null;
}

/** A paper by the method that it proposes. */
export interface Paper {
  readonly method: string;
  readonly arxiv: string;
}

/** What a paper reports for a method. */
export interface ReportedRow {
  readonly method: string;
  readonly source: Paper;
  readonly modes: ReportedFigure;
  /** Share of high-quality samples, 0 to 1; `null` for Stacked MNIST. */
  readonly highQualityShare: ReportedFigure | null;
  /** In nats; `null` for points. */
  readonly klDivergence: ReportedFigure | null;
}

/** What has to be said wherever the papers' figures stand beside others. */
export const REPORTED_CAUTION =
  "Reported in the papers of VEEGAN (arXiv 1705.07761) and PacGAN (arXiv 1712.04086). The plain GAN's row differs up to six-fold " +
  "between the two, so only rows of one run compare with each other.";

const VEEGAN: Paper = { method: "VEEGAN", arxiv: "1705.07761" };
const PACGAN: Paper = { method: "PacGAN", arxiv: "1712.04086" };

const exactly = (mean: number): ReportedFigure => ({ mean, error: null });
const within = (mean: number, error: number): ReportedFigure => ({ mean, error });

function points(method: string, source: Paper, modes: ReportedFigure, highQualityPercent: number): ReportedRow {
  return { method, source, modes, highQualityShare: exactly(highQualityPercent / 100), klDivergence: null };
}

function stacked(method: string, source: Paper, modes: number, klDivergence: number): ReportedRow {
  return { method, source, modes: exactly(modes), highQualityShare: null, klDivergence: exactly(klDivergence) };
}

/** The papers' tables, as far as they are about the same data and samples. */
export const reported: Readonly<Record<ProtocolName, readonly ReportedRow[]>> = {
  ring: [
    points("GAN", VEEGAN, exactly(1), 99.3),
    points("GAN", PACGAN, within(6.3, 0.5), 98.2),
    points("Unrolled GAN", VEEGAN, exactly(7.6), 35.6),
    points("VEEGAN", VEEGAN, exactly(8), 52.9),
    points("PacGAN2", PACGAN, within(7.9, 0.1), 95.6),
  ],
  grid: [
    points("GAN", VEEGAN, exactly(3.3), 0.5),
    points("GAN", PACGAN, within(17.3, 0.8), 94.8),
    points("Unrolled GAN", VEEGAN, exactly(23.6), 16),
    points("VEEGAN", VEEGAN, exactly(24.6), 40),
    points("PacGAN2", PACGAN, within(23.8, 0.7), 91.3),
  ],
  "stacked-mnist": [
    stacked("GAN", VEEGAN, 99, 3.4),
    stacked("GAN", PACGAN, 78.9, 4.5),
    stacked("Unrolled GAN", VEEGAN, 48.7, 4.32),
    stacked("VEEGAN", VEEGAN, 150, 2.95),
    stacked("PacGAN2", PACGAN, 1000, 0.06),
  ],
};
