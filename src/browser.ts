/** `monge` for a browser: what bundlers take under the condition "browser". */
export { type BrowserRuntime, configureRuntime, type RuntimeFiles } from "./engine/runtime/browser.js";
export * from "./everywhere.js";
