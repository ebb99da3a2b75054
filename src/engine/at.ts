/** The element at an index that exists; negative indices count from the back. */
export function at<T>(elements: readonly T[], index: number): T {
  const element = elements.at(index);
  if (element === undefined) throw new RangeError(`there is no element ${index} among ${elements.length}`);
  return element;
}
