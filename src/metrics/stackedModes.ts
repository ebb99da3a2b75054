/** How many digit triples a generator of stacked digits makes, and how evenly. */
export interface StackedModes {
  /** Distinct triples among the samples. */
  readonly captured: number;
  /** 1,000. */
  readonly total: number;
  /** KL(generated || uniform) in nats: 0 where all triples are equally frequent, ln 1000 = 6.91 where there is one. */
  readonly klDivergence: number;
}

const DIGITS = 10;
const CHANNELS = 3;
const TRIPLES = DIGITS ** CHANNELS;

/**
 * Mode coverage of Stacked MNIST by the protocol of VEEGAN (Srivastava et al. 2017, arXiv:1705.07761, section 4.2) and PacGAN
 * (Lin et al. 2018, arXiv:1712.04086), both of which count on 26,000 samples. With p_k the share of samples that show triple k,
 *
 *     KL(p || uniform) = sum over k of p_k ln(1000 p_k),
 *
 * to which a triple that no sample shows contributes 0, the limit of p ln p. The share of a finite sample is uneven by chance: n
 * samples of a uniform generator have a divergence of about 999 / (2 n), 0.019 for 26,000.
 * @param labels the digits that a classifier sees, `[count, 3]`, flat, each from 0 to 9
 * @throws RangeError where there are no labels, no whole number of triples, or one that is no digit
 */
export function stackedModes(labels: Uint8Array): StackedModes {
  const count = labels.length / CHANNELS;
  if (!(count >= 1 && Number.isInteger(count))) throw new RangeError(`${labels.length} labels are not triples`);
  const wrong = labels.findIndex((label) => label >= DIGITS);
  if (wrong >= 0) {
    const [row, column] = [Math.floor(wrong / CHANNELS) + 1, (wrong % CHANNELS) + 1];
    throw new RangeError(`${labels[wrong]} is not a digit (row ${row}, column ${column})`);
  }
  const hits = new Uint32Array(TRIPLES);
  for (let i = 0; i < labels.length; i += CHANNELS) {
    hits[(labels[i]! * DIGITS + labels[i + 1]!) * DIGITS + labels[i + 2]!]!++;
  }
  const seen = hits.filter((times) => times > 0);
  const klDivergence = seen.reduce((sum, times) => sum + (times / count) * Math.log((TRIPLES * times) / count), 0);
  return { captured: seen.length, total: TRIPLES, klDivergence };
}
