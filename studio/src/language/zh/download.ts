import type { Dictionary } from "../en.js";

export const download: Dictionary["download"] = {
  title: "保存",
  generator: "生成器（.onnx）",
  png: "图像（.png）",
  svg: "图像（.svg）",
  run: "两侧的训练（.json）",
  film: "训练过程的影片",
  recording: "影片边播放边录制，最多十秒。",
  noVideo: "此浏览器无法录制视频。",
  link: "复制链接",
  linked: "链接已复制。",
  notLinked: "浏览器不允许复制链接；链接就在地址栏里。",
  ofSide: (what, side) => `${what}，${side}`,
  saved: (name) => `已保存：${name}`,
  noPng: "此浏览器无法写出 PNG。",
  failed: (message) => `无法保存：${message}`,
};
