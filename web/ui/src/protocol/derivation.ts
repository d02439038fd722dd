import { secp256k1 } from '@noble/curves/secp256k1';
import { hkdf } from '@noble/hashes/hkdf';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, hexToBytes, numberToHex, publicKeyToAddress, type Address } from './viem';
import { concatBytes, u32 } from './bytes';


const ORDER = secp256k1.CURVE.n;
const SALT = ascii('walnut/v1');

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The key of a link's note (docs/protocol.md §1): 32 bytes, the caller's to wipe. */
export function noteKey(linkSecret: Uint8Array, index: number): Uint8Array {
  const wide = hkdf(sha256, linkSecret, SALT, concatBytes(ascii('note'), u32(index)), 48);
  const scalar = (BigInt(bytesToHex(wide)) % (ORDER - 1n)) + 1n;
  wide.fill(0);
  return hexToBytes(numberToHex(scalar, { size: 32 }));
}

/** The address of a note key: the note's `link key`. */
export function linkKeyOf(key: Uint8Array): Address {
  return publicKeyToAddress(bytesToHex(secp256k1.getPublicKey(key, false)));
}
