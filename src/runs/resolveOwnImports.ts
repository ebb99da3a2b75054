import type { ResolveHook } from "node:module";

/** Packages that a user's own module gets from here: this one, so that it adds to these catalogues, and the one of settings' schemas. */
const OURS = /^(monge|zod)(\/|$)/;

/** Node's hook for what an import stands for. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) =>
  nextResolve(specifier, OURS.test(specifier) ? { ...context, parentURL: import.meta.url } : context);
