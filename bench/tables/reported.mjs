// @ts-check

/**
 * Figures that papers report, under the titles of the table's columns: arXiv 2603.23016, trained on a GPU, and the evaluation files of TabDDPM
 * (arXiv 2209.15421), whose models are tuned and whose utility is CatBoost's. They judge by their own code, on their own splits.
 * @type {Record<string, readonly { source: string, figures: Record<string, number> }[]>}
 */
export const reported = {
  adult: [
    ...Object.entries({
      CTGAN: [0.809, 0.758, 0.0, 0.862, 0.484, 3798],
      TVAE: [0.762, 0.666, 0.0, 0.871, 0.503, 1310],
      "independent columns": [0.996, 0.925, 0.016, 0.516, 0.503, 1],
      "shallow mixture": [0.992, 0.981, 0.773, 0.902, 0.55, 60],
      TabSyn: [0.992, 0.98, 0.794, 0.91, 0.507, 3083],
      TabDiff: [0.993, 0.985, 0.841, 0.913, 0.549, 11605],
    }).map(([name, [shape = 0, trend = 0, detection = 0, AUC = 0, share = 0, seconds = 0]]) => ({
      source: `${name} (TabPC paper)`,
      figures: { shape, trend, detection, AUC, "DCR share": share, "fit, s": seconds },
    })),
    ...Object.entries({
      "CTAB-GAN": [0.904, 0.783],
      "CTAB-GAN+": [0.906, 0.772],
      TVAE: [0.902, 0.781],
      SMOTE: [0.91, 0.791],
      TabDDPM: [0.914, 0.795],
      "real rows": [0.928, 0.815],
    }).map(([name, [AUC = 0, F1 = 0]]) => ({
      source: `${name} (TabDDPM paper)`,
      figures: { AUC, F1 },
    })),
  ],
};
