import type { Dictionary } from "../en.js";

export const metrics: Dictionary["metrics"] = {
  runningEstimate: {
    title: "评论家对推土机距离的估计",
    label: "估计值",
    summary: "留出样本上 c(真实) 的平均减去 c(生成) 的平均。",
  },
  settledEstimate: {
    title: "充分训练后的估计",
    label: "充分训练后",
    summary: "生成器不动，评论家的一个副本继续训练，直到该值不再上升时的同一数值。",
  },
  debiasedEmd: {
    title: "推土机距离，去偏",
    label: "去偏距离",
    summary: "精确距离减去偶然带来的部分：EMD（真实，生成） − ½ EMD（真实，真实′） − ½ EMD（生成，生成′）。",
  },
  emd: {
    title: "推土机距离，精确值",
    label: "精确距离",
    summary: "留出的真实样本与生成样本之间的推土机距离 EMD（真实，生成）。",
  },
  emdFloor: {
    title: "下限：同样大小的两组真实样本",
    label: "下限",
    summary: "EMD（真实，真实′），即两组同样大小的真实样本之间的距离，比它更小的差别可能只是偶然。",
  },
  modesCaptured: { title: "已捕获的模式", label: "模式", summary: "2,500 个样本中至少有一个高质量样本的模式数。" },
  highQualityShare: { title: "高质量样本", label: "高质量", summary: "离某个模式不超过 3 个标准差的样本所占的比例。" },
  feedback: {
    title: "生成器反馈的平均",
    label: "反馈，最初 → 最后",
    summary: "每个样本上生成器梯度的范数，取最初和最后各十分之一的评估。",
  },
  starvedShare: { title: "无反馈的样本", label: "无反馈", summary: "反馈低于 0.001 的样本所占的比例。" },
  slopeMean: { title: "输出的平均斜率", label: "斜率", summary: "评论家在真实样本与生成样本之间各点的平均斜率。" },
  tableShape: {
    title: "各列的分布",
    label: "分布",
    summary: "每一列单独来看，生成行与留出行有多相像：1 减去占比的最大差，取各列平均。",
  },
  tableTrend: {
    title: "两列之间的关联",
    label: "关联",
    summary: "两列之间的关联在生成行与留出行中有多相像，取所有列对的平均：1 最好。",
  },
  tableDetection: {
    title: "决策树的辨别",
    label: "辨别",
    summary: "少量提升树把生成行与留出行区分开有多难：分不开为 1，总能分开为 0。",
  },
  frechetDistance: {
    title: "弗雷歇距离",
    label: "弗雷歇距离",
    summary: "生成图片与留出图片的特征在均值和协方差上相差多远；换用另一个网络就是 FID。",
  },
  kernelDistance: {
    title: "核距离",
    label: "核距离",
    summary: "生成图片与留出图片的特征之间最大均值差异的平方；无偏，因此可能低于 0。",
  },
  precision: {
    title: "图片的精确率",
    label: "精确率",
    summary: "落在留出图片之中的生成图片所占的比例：看起来对不对。",
  },
  recall: {
    title: "图片的召回率",
    label: "召回率",
    summary: "落在生成图片之中的留出图片所占的比例：有没有缺少哪一类。",
  },
  density: { title: "图片的密度", label: "密度", summary: "生成图片周围留出图片有多密，两者相同时为 1。" },
  coverage: { title: "图片的覆盖率", label: "覆盖率", summary: "附近有生成图片的留出图片所占的比例。" },
  nearCopies: {
    title: "与训练图片几乎相同的图片",
    label: "近似复制",
    summary: "与训练图片的距离不超过最近的 5 % 留出图片的生成图片所占的比例；更高说明记住了图片。",
  },
  pictureSpread: {
    title: "图片的分散程度",
    label: "分散",
    summary: "两张生成图片的像素之间的均方根距离，除以两张留出图片之间的距离。",
  },
  realScoreRange: {
    title: "真实样本上的输出",
    label: "真实样本的分数",
    summary: "在留出的真实样本上最小和最大的输出。",
  },
  fakeScoreRange: { title: "生成样本上的输出", label: "生成样本的分数", summary: "在生成样本上最小和最大的输出。" },
};
