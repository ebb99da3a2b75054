import type { SymbolicShape } from "./shape.js";

/** What a tree ends in: a spec, concrete values or a symbolic tensor. */
interface Leaf {
  readonly shape: SymbolicShape;
}

/** Things of one kind by name, in as many levels as their names have. */
export type Tree<T extends Leaf> = T | { readonly [name: string]: Tree<T> | undefined };

/** The tree `Like` with a `T` for each of its leaves. */
export type TreeOf<Like, T> = Like extends Leaf ? T : { readonly [Name in keyof Like]: TreeOf<Like[Name], T> };

/**
 * The leaves of a tree, each with the names on the way to it.
 * @param tree records of records that end in leaves
 * @param names the way to the tree. Default: none
 */
export function leavesOf<T extends Leaf>(
  tree: Tree<T>,
  names: readonly string[] = [],
): (readonly [names: readonly string[], leaf: T])[] {
  if (isLeaf(tree)) return [[names, tree]];
  return Object.entries(tree).flatMap(([name, branch]) =>
    branch === undefined ? [] : leavesOf(branch, [...names, name]),
  );
}

/** The names on the way to a leaf as one. */
export function pathOf(names: readonly string[]): string {
  return names.join(".");
}

/**
 * A tree of the same names with what `change` makes of each leaf, given the names on the way to it.
 * @param tree records of records that end in leaves
 * @param change gives the new leaf
 */
export function mapTree<T extends Leaf, U, Like extends Tree<T>>(
  tree: Like,
  change: (leaf: T, names: readonly string[]) => U,
): TreeOf<Like, U> {
  const mapped = (branch: Tree<T>, names: readonly string[]): unknown => {
    if (isLeaf(branch)) return change(branch, names);
    const branches = Object.entries(branch).flatMap(([name, next]) =>
      next === undefined ? [] : [[name, mapped(next, [...names, name])] as const],
    );
    return Object.fromEntries(branches);
  };
  // What comes out has the names of what went in, which the compiler cannot follow through Object.entries.
  return mapped(tree, []) as TreeOf<Like, U>;
}

/** The leaf at the end of a path; `undefined` where there is none. */
export function leafAt<T extends Leaf>(tree: Tree<T>, names: readonly string[]): T | undefined {
  let at: Tree<T> | undefined = tree;
  for (const name of names) {
    if (at === undefined || isLeaf(at)) return undefined;
    at = at[name];
  }
  return at !== undefined && isLeaf(at) ? at : undefined;
}

function isLeaf<T extends Leaf>(tree: Tree<T>): tree is T {
  return "shape" in tree && Array.isArray(tree.shape);
}
