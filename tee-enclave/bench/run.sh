#!/usr/bin/env bash
# The enclave's figures. Usage: run.sh [RUNS]; needs JAVA_HOME (a JDK 25) and a built module with its tests' classes.
set -euo pipefail
module=$(cd "$(dirname "$0")/.." && pwd)
layer=$module/target/layer
if [ ! -f "$layer/walnut-enclave.jsa" ] || ! cmp -s "$module/target/walnut-enclave.jar" "$layer/walnut-enclave.jar"; then
  "$module/image/build-layer.sh" "$layer"
fi
exec "${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java" --enable-native-access=ALL-UNNAMED \
  -Dwalnut.devnet="$module/../devnet" \
  -cp "$module/target/test-classes:$module/target/walnut-enclave.jar:$module/../contracts/target/classes" \
  io.walnut.enclave.bench.Bench "${1:-20}" "$layer" "$module/image/run-local.sh"
