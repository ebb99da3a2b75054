import type { LossName } from "../../losses/index.js";
import { type Html, raw } from "./html.js";

/** A loss in formulas, with x real, z the latent and G the generator. */
export interface Formulas {
  /** What the two players fight over. */
  readonly value: Html;
  /** What the generator minimises. */
  readonly generator: Html;
}

const fake = "<i>G</i>(<i>z</i>)";
const d = (at: string) => `<i>d</i>(${at})`;
const c = (at: string) => `<i>c</i>(${at})`;
const jensenShannon = `E log ${d("<i>x</i>")} + E log(1 − ${d(fake)})`;

/** Each loss's formulas; the sources are with the losses. */
export const formulas: Readonly<Record<LossName, Formulas>> = {
  bce: { value: raw(jensenShannon), generator: raw(`E log(1 − ${d(fake)})`) },
  "bce-ns": { value: raw(jensenShannon), generator: raw(`−E log ${d(fake)}`) },
  hinge: {
    value: raw(`E min(0, ${c("<i>x</i>")} − 1) + E min(0, −1 − ${c(fake)})`),
    generator: raw(`−E ${c(fake)}`),
  },
  ls: {
    value: raw(`½ E(${c("<i>x</i>")} − 1)<sup>2</sup> + ½ E ${c(fake)}<sup>2</sup>`),
    generator: raw(`½ E(${c(fake)} − 1)<sup>2</sup>`),
  },
  wasserstein: {
    value: raw(`E ${c("<i>x</i>")} − E ${c(fake)}`),
    generator: raw(`−E ${c(fake)}`),
  },
};
