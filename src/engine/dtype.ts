/** The types of numbers that can be differentiated. */
export type FloatType = "float32" | "float16";

/** The type of a tensor's elements. Numbers are float32 unless something else is asked for; comparisons give bool. */
export type DType = FloatType | "int32" | "bool";
