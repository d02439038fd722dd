#!/usr/bin/env bash
# Rewrites image/classes.lst from one whole task of 500 notes. Run it after a change of code or dependencies;
# a class that the list misses is merely loaded the slow way.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
module=$(dirname "$here")
java=${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$java/jlink" --add-modules java.base,java.logging --strip-debug --no-header-files --no-man-pages --output "$work/runtime"
"$java/java" --enable-native-access=ALL-UNNAMED \
  -cp "$module/target/test-classes:$module/target/walnut-enclave.jar:$module/../contracts/target/classes" \
  io.walnut.enclave.bench.Training "$work/task" \
  "$work/runtime/bin/java" @"$here/java.options" -XX:DumpLoadedClassList="$work/classes.lst" \
  -jar "$module/target/walnut-enclave.jar"
# Plain class names only: lambda forms and call sites of one run are not the same as another's.
grep -v '^[#@]' "$work/classes.lst" | sed 's/ .*//' | grep -v 'LambdaForm\|\$\$' | sort -u > "$here/classes.lst"
wc -l "$here/classes.lst"
