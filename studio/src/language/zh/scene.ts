import type { Dictionary } from "../en.js";

export const scene: Dictionary["scene"] = {
  layers: {
    surface: "曲面",
    slope: "斜率大于 1",
    contours: "等值线",
    manifold: "变形的潜空间",
    plan: "传输方案",
    real: "真实样本",
    fakes: "生成样本",
    arrows: "生成器反馈",
  },
  probability: "0 像假，1 像真",
  score: "越高越像真",
  means: { real: "真实样本的平均", fakes: "生成样本的平均" },
  keys: {
    real: "真实",
    fakes: "生成",
    manifold: "变形的潜空间",
    arrows: "强度为 1 的反馈",
    slope: (share) => `斜率大于 1：${share}`,
    plan: (distance) => `传输方案：平均 ${distance}`,
  },
  outside: (count) => `图外的生成样本：${count}`,
  realImages: "真实",
  fakeImages: "生成",
  interpolation: "两个潜变量之间的插值",
  iteration: (iteration) => `第 ${iteration} 次迭代`,
  describe: {
    start: (name) => `${name} 的真实样本；尚未训练`,
    probability: (low, high) => `判别器的概率从 ${low} 到 ${high}`,
    score: (low, high) => `评论家的分数从 ${low} 到 ${high}`,
    keyboard: "用方向键移动十字光标，读取数值。",
  },
  reading: {
    probability: (value) => `d(x) = ${value}`,
    score: (value) => `c(x) = ${value}`,
    slope: (value) => `斜率 ${value}`,
    at: (x, y) => `位于 (${x}, ${y})`,
  },
};
