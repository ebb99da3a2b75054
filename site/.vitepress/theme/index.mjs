import "katex/dist/katex.min.css";
import Theme from "vitepress/theme-without-fonts";
import { h } from "vue";
import Live from "./Live.vue";
import "./style.css";

export default { extends: Theme, Layout: () => h(Theme.Layout, null, { "home-hero-after": () => h(Live) }) };
