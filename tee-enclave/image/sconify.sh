#!/usr/bin/env bash
# Turns the image into one for SGX. Usage: sconify.sh FROM TO
# Needs docker, an account at SCONE's registry, and ENCLAVE_KEY: a PEM file made once with
#   openssl genrsa -3 -out enclave-key.pem 3072
set -euo pipefail
from=${1:?usage: sconify.sh FROM TO}
to=${2:?usage: sconify.sh FROM TO}
key=$(realpath "${ENCLAVE_KEY:?set ENCLAVE_KEY to the PEM file that signs the enclave}")
sconifier=registry.scontain.com/scone-production/iexec-sconify-image:5.9.1-v16

# binary-fs and fs-dir: every file of ours is part of the measurement; the host cannot swap one.
# host-path: name resolution is the host's. What it answers is checked by TLS, and then by the quorum.
# heap: the 384 MiB that the process reserves at most, and SCONE's own needs. stack: per thread, above -Xss.
# dlopen=1: libraries may be loaded, and only those whose hash is in the measured file system. The JVM and libsecp256k1
#   are such libraries; 2 would allow any.
docker run --rm \
  -v "$key:/sig/enclave-key.pem:ro" \
  -v /var/run/docker.sock:/var/run/docker.sock \
  "$sconifier" sconify_iexec \
  --scone-signer=/sig/enclave-key.pem \
  --name=walnut-enclave \
  --from="$from" \
  --to="$to" \
  --binary-fs \
  --fs-dir=/opt/walnut \
  --host-path=/etc/hosts \
  --host-path=/etc/resolv.conf \
  --binary=/opt/walnut/runtime/bin/java \
  --heap=1G \
  --stack=2M \
  --dlopen=1 \
  --env MALLOC_ARENA_MAX=1 \
  --no-color \
  --verbose \
  --command="/opt/walnut/runtime/bin/java @/opt/walnut/java.options -XX:SharedArchiveFile=/opt/walnut/walnut-enclave.jsa -Dwalnut.secp256k1.path=/opt/walnut/lib/libsecp256k1-jni.so -jar /opt/walnut/walnut-enclave.jar"

echo "image:       $to"
echo "fingerprint: $(docker run --rm -e SCONE_HASH=1 "$to")"
