declare module "*?packed" {
  /** The address of the packed file. */
  const address: string;
  export default address;
}
