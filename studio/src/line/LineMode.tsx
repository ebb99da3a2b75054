/** Two distributions on a line that the reader drags apart, and what a discriminator and a critic make of them. */
export function LineMode() {
  return <section />;
}
