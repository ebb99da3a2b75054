import { number, percent, whole } from "../language/format.js";
import { text } from "../language/index.js";
import type { Remark } from "./remarks.js";

/** A remark in the reader's language. */
export function sentenceOf(remark: Remark): string {
  const words = text().remarks;
  switch (remark.kind) {
    case "unbounded":
      return words.unbounded(number(remark.slope));
    case "saturated":
      return remark.share === null ? words.starved : words.saturated(percent(remark.share));
    case "lost":
      return words.lost(whole(remark.captured), whole(remark.before));
    case "collapsed":
      return words.collapsed(whole(remark.captured), whole(remark.modes));
    case "flat":
      return words.flat(number(remark.slope));
    case "follows":
      return words.follows(number(remark.estimate), number(remark.distance));
    case "exceeds":
      return words.exceeds(percent(remark.share), number(remark.slope, 3));
    case "lags":
      return words.lags(number(remark.estimate), number(remark.distance));
    case "settled": {
      const gap = (value: number | null) => (value === null ? words.belowFloor : number(value));
      const { estimate, settled, distance, lag, slack } = remark;
      return words.settled(number(estimate), number(settled), number(distance), gap(lag), gap(slack));
    }
    case "complete":
      return words.complete(whole(remark.modes), percent(remark.share));
  }
}
