import { type BuiltPage, buildPage } from "../buildPage.js";

/** Builds a page that has nothing but the way to the worker that trains. */
export const buildSessionPage = (): Promise<BuiltPage> => buildPage("sessionPage");
