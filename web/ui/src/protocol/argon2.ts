import { argon2id } from '@noble/hashes/argon2';

/** docs/protocol.md §8: three passes over 64 MiB. */
export function stretch(password: Uint8Array, salt: Uint8Array): Uint8Array {
  return argon2id(password, salt, { t: 3, m: 64 * 1024, p: 1, dkLen: 32 });
}
