/**
 * The area under the ROC curve: how often a row of label 1 has the higher score than a row of label 0, equal scores counting half. 0.5 where
 * there is no row of either label.
 *
 *     AUC = P(score of a 1 > score of a 0) + P(equal) / 2
 *
 * @param scores of rows
 * @param labels of the same rows, 0 or 1
 * @returns a function of how often each row counts. Default: once.
 *
 * Source: Hanley and McNeil, Radiology 143(1), 1982.
 */
export function areaUnderRoc(scores: Float64Array, labels: Uint8Array): (weights?: Uint16Array) => number {
  const order = Uint32Array.from(scores.keys()).sort((i, j) => scores[i]! - scores[j]!);
  return (weights) => {
    let [ones, zeros, wins] = [0, 0, 0];
    for (let start = 0, end = 0; start < order.length; start = end) {
      let [newOnes, newZeros] = [0, 0];
      for (; end < order.length && scores[order[end]!] === scores[order[start]!]; end++) {
        const weight = weights ? weights[order[end]!]! : 1;
        if (labels[order[end]!] === 1) newOnes += weight;
        else newZeros += weight;
      }
      wins += newOnes * (zeros + newZeros / 2);
      ones += newOnes;
      zeros += newZeros;
    }
    return ones === 0 || zeros === 0 ? 0.5 : wins / (ones * zeros);
  };
}
