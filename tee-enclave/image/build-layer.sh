#!/usr/bin/env bash
# Builds what the image contains, byte for byte the same each time: runtime, jar, native library, archive.
# Usage: build-layer.sh OUTPUT-DIRECTORY     (needs JAVA_HOME: the JDK named in the Dockerfile, and a built module)
set -euo pipefail
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1767225600
umask 022

here=$(cd "$(dirname "$0")" && pwd)
module=$(dirname "$here")
jar=$module/target/walnut-enclave.jar
output=${1:?usage: build-layer.sh OUTPUT-DIRECTORY}
java=${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin
[ -f "$jar" ] || { echo "there is no $jar: run mvn -pl tee-enclave -am package first" >&2; exit 1; }

rm -rf "$output"
mkdir -p "$output/lib"

# java.logging: BouncyCastle's registrar names its logger class. It never writes: there is no handler's output.
"$java/jlink" --add-modules java.base,java.logging --strip-debug --no-header-files --no-man-pages \
  --output "$output/runtime"
# The default archives are replaced by the one below, and they are not the same each time.
rm -f "$output"/runtime/lib/server/*.jsa
cp "$jar" "$output/walnut-enclave.jar"
case $(uname -m) in aarch64|arm64) arch=aarch64 ;; *) arch=x86_64 ;; esac
unzip -p "$jar" "fr/acinq/secp256k1/jni/native/linux-$arch/libsecp256k1-jni.so" > "$output/lib/libsecp256k1-jni.so"
cp "$here/java.options" "$output/java.options"

# The archive remembers the jar's time of change, and is ignored for a jar with another.
touch -d "@$SOURCE_DATE_EPOCH" "$output/walnut-enclave.jar"

# The start-up archive holds the classes that image/classes.lst names, already parsed and verified.
(cd "$output" && runtime/bin/java @java.options -Xshare:dump -XX:SharedClassListFile="$here/classes.lst" \
  -XX:SharedArchiveFile=walnut-enclave.jsa -Xlog:disable -Xlog:all=error -cp walnut-enclave.jar >/dev/null)

find "$output" -type d -exec chmod 755 {} +
find "$output" -type f -not -path '*/bin/*' -not -name jspawnhelper -exec chmod 644 {} +
find "$output" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
