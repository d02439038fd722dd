import { secp256k1 } from '@noble/curves/secp256k1';
import { noteKey } from './derivation';
import type { Link, LinkNote } from './link';
import { bytesToHex, encodeFunctionData, hashTypedData, hexToBytes, numberToHex, type Address, type Hex } from './viem';

export const NATIVE: Address = '0x0000000000000000000000000000000000000000';

const signature = [{ name: 'r', type: 'bytes32' }, { name: 'vs', type: 'bytes32' }] as const;
const terms = [
  { name: 'token', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'recipient', type: 'address' },
  { name: 'fee', type: 'uint256' }, { name: 'relayer', type: 'address' }, { name: 'deadline', type: 'uint256' },
] as const;

/** The escrow's calls of docs/protocol.md §4. */
export const escrowAbi = [
  {
    type: 'function', name: 'deposit', stateMutability: 'payable', outputs: [],
    inputs: [{ name: 'token', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'notesRoot', type: 'bytes32' }],
  },
  {
    type: 'function', name: 'claim', stateMutability: 'nonpayable', outputs: [],
    inputs: [
      { name: 'terms', type: 'tuple', components: terms },
      { name: 'linkSignature', type: 'tuple', components: signature },
      { name: 'voucherSignature', type: 'tuple', components: signature },
    ],
  },
  {
    type: 'function', name: 'exit', stateMutability: 'nonpayable', outputs: [],
    inputs: [
      { name: 'terms', type: 'tuple', components: terms },
      { name: 'linkSignature', type: 'tuple', components: signature },
      { name: 'depositAmount', type: 'uint256' },
      { name: 'notesRoot', type: 'bytes32' },
      { name: 'salt', type: 'bytes32' },
      { name: 'path', type: 'bytes32[]' },
    ],
  },
  {
    type: 'function', name: 'isRedeemed', stateMutability: 'view',
    inputs: [{ name: 'linkKey', type: 'address' }], outputs: [{ type: 'bool' }],
  },
] as const;

/** Where a note is to be paid; the link key signs it together with the note's money. */
export interface Payout {
  recipient: Address;
  /** Gets the fee; the zero address goes with a zero fee. */
  relayer: Address;
  fee: bigint;
  /** Seconds since 1970. */
  deadline: bigint;
}

export function claimDigest(link: Link, note: LinkNote, to: Payout): Hex {
  return hashTypedData({
    domain: { name: 'Walnut', version: '1', chainId: link.chainId, verifyingContract: link.escrow },
    types: { Claim: terms },
    primaryType: 'Claim',
    message: termsOf(link, note, to),
  });
}

function termsOf(link: Link, note: LinkNote, { recipient, relayer, fee, deadline }: Payout) {
  return { token: link.token, amount: note.amount, recipient, fee, relayer, deadline };
}

/** The link key's signature over a claim: 64 bytes, EIP-2098, deterministic. */
export function signClaim(link: Link, note: LinkNote, to: Payout): Hex {
  const key = noteKey(link.secret, note.index);
  try {
    return signDigest(key, claimDigest(link, note, to));
  } finally {
    key.fill(0);
  }
}

export function signDigest(key: Uint8Array, digest: Hex): Hex {
  const { r, s, recovery } = secp256k1.sign(hexToBytes(digest), key, { lowS: true });
  const vs = s | (BigInt(recovery) << 255n);
  return `0x${numberToHex(r, { size: 32 }).slice(2)}${numberToHex(vs, { size: 32 }).slice(2)}`;
}

/** Calldata of `claim`. */
export function claimCall(link: Link, note: LinkNote, to: Payout, linkSignature: Hex): Hex {
  return encodeFunctionData({
    abi: escrowAbi,
    functionName: 'claim',
    args: [termsOf(link, note, to), words(linkSignature), words(note.voucherSignature)],
  });
}

/** Calldata of `exit`, for a link that carries openings. */
export function exitCall(link: Link, note: LinkNote, to: Payout, linkSignature: Hex): Hex {
  if (!link.deposit || !note.opening) {
    throw new Error('This link carries no openings, so its holder cannot exit alone.');
  }
  return encodeFunctionData({
    abi: escrowAbi,
    functionName: 'exit',
    args: [
      termsOf(link, note, to), words(linkSignature), link.deposit.amount, link.deposit.notesRoot, note.opening.salt, note.opening.path,
    ],
  });
}

function words(compact: Hex): { r: Hex; vs: Hex } {
  const bytes = hexToBytes(compact);
  return { r: bytesToHex(bytes.slice(0, 32)), vs: bytesToHex(bytes.slice(32)) };
}
