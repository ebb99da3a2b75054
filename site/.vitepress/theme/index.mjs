import "katex/dist/katex.min.css";
import Theme from "vitepress/theme-without-fonts";
import "./style.css";

export default Theme;
