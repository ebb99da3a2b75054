import type { Dictionary } from "../en.js";

/** 公式的文字说明。 */
export const formulas: Dictionary["formulas"] = {
  game: "对 G 取最小、对 d 取最大：log d(x) 的平均，加上 log(1 − d(G(z))) 的平均。",
  bceLong: "负的：y 乘以 log h(x)，加上 1 − y 乘以 log(1 − h(x))。",
  bceParts: "y 为 1 时是负的 log h(x)；y 为 0 时是负的 log(1 − h(x))。",
  bce: "log d(x) 的平均，加上 log(1 − d(G(z))) 的平均。",
  wGame: "对 G 取最小、对 c 取最大：c(x) 的平均减去 c(G(z)) 的平均。",
  sigmoid: "d(x) 是 w 乘以 a(x) 再加 b 的 sigmoid，在 0 和 1 之间。",
  linear: "c(x) 是 w 乘以 a(x) 再加 b，任意实数。",
  saturation: "log(1 − d) 对 l 的导数等于负 d，其中 d 是 l 的 sigmoid。",
  distance: "W1 等于所有方案 γ 中，配对的 x 与 y 之间平均距离的最小值。",
  dual: "W1 等于所有满足 1-利普希茨条件的评论家 c 中，c(x) 的平均减去 c(G(z)) 的平均的最大值。",
  estimate: "c(x) 的平均减去 c(G(z)) 的平均。",
  debiased: "真实样本与生成样本的 W1，减去两组真实样本的 W1 的一半，再减去两组生成样本的 W1 的一半。",
  settled: "c*(x) 的平均减去 c*(G(z)) 的平均，其中 c* 是继续训练的副本。",
  condition: "对任意 x 和 y，c(x) 与 c(y) 之差的绝对值不超过 x 与 y 的距离。",
  penalty: "λ 乘以 c 在 x̂ 处的斜率减 1 的平方的平均；x̂ 是真实样本 x 与生成样本 G(z) 之间的随机点。",
  feedback: "对 n 个生成样本，取生成器损失对该样本的梯度的范数，再求平均。",
  slope: "c 在 x 处的梯度的范数。",
};
