/** The types of numbers that can be differentiated. */
export type FloatType = "float32" | "float16";

export type DType = FloatType | "int32" | "bool";
