const identities = new WeakMap<object, number>();
let next = 0;

/** A number that only this object has. */
export function identityOf(object: object): number {
  const known = identities.get(object) ?? next++;
  identities.set(object, known);
  return known;
}
