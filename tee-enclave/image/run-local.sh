#!/usr/bin/env bash
# Starts exactly what the image contains, as a plain process under the iExec environment that is set.
# Usage: run-local.sh [ARGUMENT…]   WALNUT_LAYER names a directory made by build-layer.sh,
# WALNUT_MEMORY_MIB the limit on the memory that the process may reserve (default 384).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
layer=${WALNUT_LAYER:-$(dirname "$here")/target/layer}
[ -x "$layer/runtime/bin/java" ] || { echo "there is no layer in $layer: run build-layer.sh $layer first" >&2; exit 1; }
[ -d "${IEXEC_OUT:-}" ] || { echo "IEXEC_OUT must name a directory for the result" >&2; exit 1; }
IEXEC_OUT=$(cd "$IEXEC_OUT" && pwd)
export IEXEC_OUT
if [ -d "${IEXEC_IN:-}" ]; then
  IEXEC_IN=$(cd "$IEXEC_IN" && pwd)
  export IEXEC_IN
fi
layer=$(cd "$layer" && pwd)
ulimit -v $(( ${WALNUT_MEMORY_MIB:-384} * 1024 ))
ulimit -c 0
# As in the image: without it, each thread reserves 64 MiB of address space for its own small allocations.
export MALLOC_ARENA_MAX=1
# The archive remembers the class path as it was given, so the start is from the layer's directory.
cd "$layer"
exec runtime/bin/java @java.options -XX:SharedArchiveFile=walnut-enclave.jsa \
  -Dwalnut.secp256k1.path="$layer/lib/libsecp256k1-jni.so" -jar walnut-enclave.jar "$@"
