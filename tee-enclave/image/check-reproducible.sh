#!/usr/bin/env bash
# Builds the jar twice from copies of the sources in two places, and the image's layer twice, and compares them byte
# by byte. Exit status 0 only if both are the same.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() {
  local copy=$work/$1
  mkdir -p "$copy"
  tar -C "$repository" --exclude=target --exclude=node_modules --exclude=.git --exclude=.run -cf - . | tar -C "$copy" -xf -
  # What npm installed is an input, not a product.
  ln -s "$repository/contracts/node_modules" "$copy/contracts/node_modules"
  (cd "$copy" && mvn -q -pl tee-enclave -am package -Dmaven.test.skip=true -DskipTests >"$work/$1.log" 2>&1) \
    || { cat "$work/$1.log" >&2; exit 1; }
  "$copy/tee-enclave/image/build-layer.sh" "$work/layer-$1"
}

build first
build a-second-one-elsewhere
sha256sum "$work"/*/tee-enclave/target/walnut-enclave.jar
cmp "$work"/first/tee-enclave/target/walnut-enclave.jar "$work"/a-second-one-elsewhere/tee-enclave/target/walnut-enclave.jar
diff -r "$work/layer-first" "$work/layer-a-second-one-elsewhere"
echo "jar and layer are the same in both builds"
