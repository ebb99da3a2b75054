#!/usr/bin/env bash
# What Monge costs on this machine's NVIDIA GPU, through CUDA and through WebGPU, beside PyTorch there, in less than ten minutes:
#
#     bench/device.sh [--dry-run] [FOLDER]
#
# FOLDER (default: $OUT, or runs/device) gets the table, device.md, and its figures, device.json. Each of four rows is computed in float32
# without TF32, with TF32, and in float16 (Monge alone). Nobody has a time whose results differ from Monge's on the CPU. --dry-run tries all
# of it on the CPU, with two rows of tiny networks, and needs no GPU.
#
# It needs this checkout with node_modules, and installs nothing. What the machine itself lacks is looked for in bench/carried, if that folder
# is there:
#
#   node                                    Node 20 or later, where there is none in PATH
#   libonnxruntime_providers_cuda.so        ONNX Runtime's CUDA provider, of the version of node_modules/onnxruntime-node. npm does not bring it:
#   libonnxruntime_providers_shared.so      its install script, which .npmrc and allowScripts switch off, takes both out of the NuGet package
#                                           Microsoft.ML.OnnxRuntime.Gpu.Linux. Where the network is:
#                                           node node_modules/onnxruntime-node/script/install --onnxruntime-node-install
#   libcudart.so.12, libcublas.so.12,       the libraries of CUDA 12 and cuDNN 9 that the provider is linked with. A PyTorch for CUDA 12 brings
#   libcublasLt.so.12, libcufft.so.11,      them, and they are found there; one for CUDA 13 does not. They are the wheels nvidia-cublas-cu12,
#   libcurand.so.10, libcudnn*.so.9         nvidia-cuda-runtime-cu12, nvidia-cufft-cu12, nvidia-curand-cu12 and nvidia-cudnn-cu12.
#   libvulkan.so.1                          Vulkan's loader, for WebGPU. The driver's part, nvidia_icd.json, comes with the driver.
#
# PyTorch is that of $PYTHON, bench/.venv or python3, whichever has one that sees the GPU. Where none does, its columns stay empty. What cannot be
# used is named below the table, with the reason.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
carried=$PWD/bench/carried
providers=node_modules/onnxruntime-node/bin/napi-v6/linux/x64

refuse() {
  echo "$1" >&2
  exit 2
}

dry_run=
folder=
for argument in "$@"; do
  case $argument in
    --dry-run) dry_run=yes ;;
    -*) refuse "There is no option $argument: bench/device.sh [--dry-run] [FOLDER]." ;;
    *) folder=$argument ;;
  esac
done
folder=${folder:-${OUT:-runs/device}}

export PATH=$carried:$PATH
command -v node >/dev/null || refuse "There is no Node here: carry one as bench/carried/node."
[ -d node_modules ] || refuse "There is no node_modules here: run npm ci, or carry the folder."

# Sources that are newer than what was built of them are built.
if [ ! -e dist/index.js ] || [ -n "$(find src -name '*.ts' -newer dist/index.js -print -quit)" ]; then
  node node_modules/typescript/bin/tsc -p tsconfig.build.json
fi

if [ -n "$dry_run" ]; then
  exec node bench/device.mjs --out "$folder" --devices cpu --gpu "the CPU" --dry-run
fi

gpu=$(nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null | head -n 1) || true
[ -n "$gpu" ] || refuse "There is no NVIDIA GPU here (nvidia-smi finds none): bench/device.sh --dry-run needs none."

python=
pytorch="no PyTorch that sees the GPU"
for candidate in "${PYTHON:-}" bench/.venv/bin/python python3; do
  [ -n "$candidate" ] || continue
  if version=$("$candidate" -c 'import torch; assert torch.cuda.is_available(); print("PyTorch", torch.__version__)' 2>/dev/null); then
    python=$(command -v "$candidate")
    pytorch=$version
    break
  fi
done
[ -n "$python" ] || echo "No Python here has a PyTorch that sees the GPU: its columns stay empty." >&2

# ONNX Runtime looks for its providers beside itself, and the system for their libraries in LD_LIBRARY_PATH, which PyTorch must not see.
for provider in "$carried"/libonnxruntime_providers_*.so; do
  if [ -e "$provider" ]; then cp -n "$provider" "$providers/"; fi
done
libraries=$carried
if [ -n "$python" ]; then
  packages=$("$python" -c 'import torch, pathlib; print(pathlib.Path(torch.__file__).parent.parent / "nvidia")')
  for library in "$packages"/*/lib; do
    if [ -d "$library" ]; then libraries=$libraries:$library; fi
  done
fi
libraries=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

remark=
provider=$providers/libonnxruntime_providers_cuda.so
if [ ! -e "$provider" ]; then
  remark="ONNX Runtime's CUDA provider is not here: the head of bench/device.sh says what to carry."
else
  lacking=$(LD_LIBRARY_PATH=$libraries ldd "$provider" | awk '/not found/ { printf " %s", $1 }')
  if [ -n "$lacking" ]; then remark="ONNX Runtime's CUDA provider lacks$lacking: the head of bench/device.sh says where they are."; fi
fi
[ -z "$remark" ] || echo "$remark" >&2

exec node bench/device.mjs --out "$folder" --gpu "$gpu" --libraries "$libraries" --pytorch "$pytorch" --remark "$remark" \
  ${python:+--python "$python"}
