/** What POT finds in its environment: one thread, and of its backends NumPy alone. The others, which it does not need, take hundreds of MiB. */
export const ALONE = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  POT_BACKEND_DISABLE_PYTORCH: "1",
  POT_BACKEND_DISABLE_JAX: "1",
};
