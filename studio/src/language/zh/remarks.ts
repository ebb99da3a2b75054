import type { Dictionary } from "../en.js";

/** 对运行过程的点评；数字已按语言格式化。 */
export const remarks: Dictionary["remarks"] = {
  name: "正在发生什么",
  unbounded: (slope) => `评论家的斜率已达 ${slope}，没有任何条件把它约束在 1 附近。它给出的数不再是距离。`,
  saturated: (share) => `判别器已经饱和：在 ${share} 的生成样本所在之处它是平的，这些样本几乎得不到反馈。`,
  starved: "判别器已经饱和：生成器几乎得不到反馈。",
  lost: (captured, before) => `丢失了模式：曾经捕获 ${before} 个，现在只剩 ${captured} 个。`,
  collapsed: (captured, modes) =>
    `模式崩塌：生成样本只触及 ${modes} 个模式中的 ${captured} 个，离真实样本也不比开始时更近。`,
  flat: (slope) => `评论家太平了：斜率只有 ${slope}，而允许的是 1。它的估计值远远偏低。`,
  follows: (estimate, distance) => `估计值与精确距离同步变化：估计 ${estimate}，精确 ${distance}。`,
  exceeds: (share, slope) => `估计值比精确距离高 ${share}，因为评论家的平均斜率是 ${slope}。增大 λ 可使两者都降下来。`,
  lags: (estimate, distance) =>
    `评论家还没有跟上：它估计为 ${estimate}，而精确距离是 ${distance}。增加评论家步数会有帮助。`,
  settled: (estimate, settled, distance, lag, slack) =>
    `评论家训练中估计为 ${estimate}，充分训练后为 ${settled}；去偏的精确距离是 ${distance}。评论家的滞后：${lag}；约束的余量：${slack}。`,
  belowFloor: "低于下限",
  complete: (modes, share) => `${modes} 个模式全部捕获，${share} 的样本紧靠某个模式。`,
};
