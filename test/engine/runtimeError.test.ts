import { expect, it } from "vitest";
import { deviceError, reasonOf, runtimeError } from "../../src/engine/runtime/runtimeError.js";
import { InputError } from "../../src/errors.js";

// As ONNX Runtime 1.30 throws them.
const NO_ADAPTER =
  "/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters";
const NO_CUDA = "OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library";
const PARTLY_ON_CPU =
  "This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has been explicitly disabled by the user.";
const RESHAPE =
  "Non-zero status code returned while running Reshape node. Name:'r' Status Message: /onnxruntime_src/onnxruntime/core/providers/cpu/tensor/reshape_helper.h:47 onnxruntime::ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&, onnxruntime::TensorShapeVector&, bool) input_shape_size == size was false. The input tensor cannot be reshaped to the requested shape.";

it("what ONNX Runtime says is told without its source, in one line of 180 characters", () => {
  expect(reasonOf(new Error(NO_ADAPTER))).toBe("Failed to get a WebGPU adapter: No supported adapters");
  expect(reasonOf(new Error(RESHAPE))).toMatch(
    /^Non-zero status code .* Status Message: The input tensor cannot be reshaped/,
  );
  expect(reasonOf(new Error(`first\nsecond`))).toBe("first");
  expect(reasonOf(new Error("x".repeat(1000)))).toHaveLength(181);
});

it("a device that is not there is named with what it lacks", () => {
  for (const [device, message] of [
    ["cuda", NO_CUDA],
    ["webgpu", NO_ADAPTER],
  ] as const) {
    const error = deviceError(device, new Error(message));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(
      new RegExp(`^the device "${device}" cannot be used here: there is no .*; choose --device cpu\\.$`),
    );
  }
});

it("a device that would leave nodes to the CPU is named, with what can be done", () => {
  for (const device of ["webgpu", "cuda"] as const) {
    const error = deviceError(device, new Error(PARTLY_ON_CPU));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(
      new RegExp(`^the device "${device}" has no kernel for an operation.*choose --device cpu`),
    );
  }
});

it("no memory is bad input, on any device, and another error stays one", () => {
  const message =
    "/a/b.cc:376 void* onnxruntime::BFCArena::Alloc(size_t) Failed to allocate memory for requested buffer of size 9";
  for (const error of [runtimeError(new Error(message)), deviceError("cpu", new Error("std::bad_alloc"))]) {
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(/not enough memory/);
  }
  const other = deviceError("cpu", new Error("no such device"));
  expect(other).not.toBeInstanceOf(InputError);
  expect(other.message).toBe("no such device");
});
