import { secp256k1 } from '@noble/curves/secp256k1';
import type { Request } from '../claim/chain';
import { NATIVE } from '../protocol/escrow';
import { escrowEvents, escrowViews } from '../protocol/escrowEvents';
import {
  decodeEventLog, decodeFunctionResult, encodeAbiParameters, encodeFunctionData, hashTypedData, hexToBytes, keccak256, publicKeyToAddress,
  bytesToHex, type Address, type Hex,
} from '../protocol/viem';
import { insist, ReceiptRefused, type Receipt, type ReceiptNote, type Step } from './receipt';

const ZERO_HASH: Hex = `0x${'0'.repeat(64)}`;

const types = {
  Receipt: [
    { name: 'token', type: 'address' }, { name: 'depositAmount', type: 'uint256' }, { name: 'notesRoot', type: 'bytes32' },
    { name: 'depositTransaction', type: 'bytes32' }, { name: 'notes', type: 'ReceiptNote[]' }, { name: 'reference', type: 'string' },
    { name: 'issuedAt', type: 'uint256' },
  ],
  ReceiptNote: [
    { name: 'linkKey', type: 'address' }, { name: 'amount', type: 'uint256' }, { name: 'salt', type: 'bytes32' },
    { name: 'redemptionTransaction', type: 'bytes32' },
  ],
} as const;

/** What the auditor knows besides the receipt. */
export interface Expected {
  /** The escrow that is trusted to be one; undefined to take the receipt's. */
  escrow?: Address;
  /** A key that the company said it signs receipts with, if not the depositing one. */
  signer?: Address;
  /** Blocks after which a transaction counts as final; undefined to ask the chain. */
  depth?: number;
}

/** What became of one note. */
export interface Payout {
  note: ReceiptNote;
  /** Undefined while it is unredeemed. */
  recipient?: Address;
  /** Whether it was paid by showing the path on chain, rather than by a voucher. */
  exited: boolean;
}

export interface Proven {
  depositor: Address;
  payouts: Payout[];
}

interface Mined {
  block: bigint;
  logs: { address: Address; topics: [Hex, ...Hex[]]; data: Hex }[];
}

export function receiptDigest(receipt: Receipt): Hex {
  return hashTypedData({
    domain: { name: 'Walnut', version: '1', chainId: receipt.chainId, verifyingContract: receipt.escrow },
    types,
    primaryType: 'Receipt',
    message: {
      token: receipt.token, depositAmount: receipt.deposit.amount, notesRoot: receipt.deposit.notesRoot,
      depositTransaction: receipt.deposit.transaction, reference: receipt.reference, issuedAt: receipt.issuedAt,
      notes: receipt.notes.map((n) => ({ linkKey: n.linkKey, amount: n.amount, salt: n.salt, redemptionTransaction: n.redemption ?? ZERO_HASH })),
    },
  });
}

/**
 * Checks a receipt against a chain, in the order of docs/protocol.md §9. Throws {@link ReceiptRefused} at the first step
 * that fails; any other error says nothing about the receipt. @param passed is told of each step that holds
 */
export async function verify(receipt: Receipt, request: Request, expected: Expected, passed: (step: Step) => void): Promise<Proven> {
  passed('FORMAT');
  checkSignature(receipt);
  passed('SIGNATURE');
  checkNotes(receipt);
  passed('NOTES');
  const chainId = BigInt((await request('eth_chainId', [])) as Hex);
  insist(chainId === receipt.chainId, 'CHAIN', `The receipt is for chain ${receipt.chainId}, and the node is on chain ${chainId}.`);
  insist(!expected.escrow || same(expected.escrow, receipt.escrow), 'CHAIN', `The receipt is for the escrow ${receipt.escrow}, and ${expected.escrow} was expected.`);
  passed('CHAIN');
  const blocks: bigint[] = [];
  const depositor = await checkDeposit(receipt, request, blocks);
  passed('DEPOSIT');
  const signer = expected.signer ?? depositor;
  insist(same(signer, receipt.signer), 'SIGNER', `It is signed by ${receipt.signer}, but expected of ${signer}. If the company announced another key for its receipts, enter it.`);
  passed('SIGNER');
  const payouts: Payout[] = [];
  for (const note of receipt.notes) {
    payouts.push(await checkRedemption(receipt, note, request, blocks));
  }
  passed('REDEMPTION');
  const last = await lastFinal(request, expected.depth);
  const open = blocks.find((block) => block > last);
  insist(open === undefined, 'FINALITY', `Block ${open} is not final yet, only ${last} is. Try again later.`);
  passed('FINALITY');
  return { depositor, payouts };
}

function same(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function checkSignature(receipt: Receipt): void {
  let signer: Address | undefined;
  try {
    const s = BigInt(`0x${receipt.signature.slice(66)}`);
    const signature = new secp256k1.Signature(BigInt(receipt.signature.slice(0, 66)), s & ((1n << 255n) - 1n)).addRecoveryBit(Number(s >> 255n));
    signer = signature.hasHighS() ? undefined
      : publicKeyToAddress(bytesToHex(signature.recoverPublicKey(hexToBytes(receiptDigest(receipt))).toRawBytes(false)));
  } catch {
    // No key signs so: the same as another key.
  }
  insist(signer !== undefined && same(signer, receipt.signer), 'SIGNATURE', `The signature is not ${receipt.signer}’s: something was changed after signing.`);
}

function checkNotes(receipt: Receipt): void {
  const seen = new Set<string>();
  for (const note of receipt.notes) {
    insist(!seen.has(note.linkKey), 'NOTES', `The note ${note.linkKey} is shown twice.`);
    seen.add(note.linkKey);
    const root = note.path.reduce((hash, other) => keccak256(`0x${[hash, other].sort().map((h) => h.slice(2)).join('')}`), leaf(note));
    insist(root === receipt.deposit.notesRoot, 'NOTES', `The path of note ${note.linkKey} does not lead to the deposit’s root.`);
  }
  insist(receipt.notes.reduce((sum, n) => sum + n.amount, 0n) <= receipt.deposit.amount, 'NOTES', 'The notes sum to more than the deposit.');
}

function leaf(note: ReceiptNote): Hex {
  return keccak256(keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }, { type: 'bytes32' }], [note.linkKey, note.amount, note.salt])));
}

function depositId(receipt: Receipt): Hex {
  return keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }, { type: 'bytes32' }],
    [receipt.token, receipt.deposit.amount, receipt.deposit.notesRoot]));
}

async function checkDeposit(receipt: Receipt, request: Request, blocks: bigint[]): Promise<Address> {
  const id = depositId(receipt);
  const data = encodeFunctionData({ abi: escrowViews, functionName: 'depositOf', args: [id] });
  const answer = (await request('eth_call', [{ to: receipt.escrow, data }, 'latest'])) as Hex;
  insist(answer.length === 130, 'DEPOSIT', `There is no Walnut escrow at ${receipt.escrow}.`);
  const [depositor] = decodeFunctionResult({ abi: escrowViews, functionName: 'depositOf', data: answer });
  insist(BigInt(depositor) !== 0n, 'DEPOSIT', `The escrow ${receipt.escrow} holds no deposit ${id}.`);
  const mined = await minedBy(request, receipt.deposit.transaction, 'DEPOSIT');
  const found = eventsOf(mined, receipt).some((e) => e.eventName === 'Deposited' && e.args.deposit === id && same(e.args.depositor, depositor));
  insist(found, 'DEPOSIT', `The transaction ${receipt.deposit.transaction} did not make deposit ${id}.`);
  blocks.push(mined.block);
  return depositor;
}

async function checkRedemption(receipt: Receipt, note: ReceiptNote, request: Request, blocks: bigint[]): Promise<Payout> {
  if (!note.redemption) {
    const data = encodeFunctionData({ abi: escrowViews, functionName: 'isRedeemed', args: [note.linkKey] });
    const redeemed = BigInt((await request('eth_call', [{ to: receipt.escrow, data }, 'latest'])) as Hex);
    insist(redeemed === 0n, 'REDEMPTION', `Note ${note.linkKey} is redeemed, and the receipt does not say by which transaction.`);
    return { note, exited: false };
  }
  const mined = await minedBy(request, note.redemption, 'REDEMPTION');
  blocks.push(mined.block);
  for (const event of eventsOf(mined, receipt)) {
    if (event.eventName === 'Deposited') {
      continue;
    }
    const token = event.eventName === 'Claimed' ? NATIVE : event.args.token;
    if (same(event.args.linkKey, note.linkKey) && same(token, receipt.token) && event.args.amount === note.amount
      && (event.eventName !== 'Exited' || event.args.deposit === depositId(receipt))) {
      return { note, recipient: event.args.recipient, exited: event.eventName === 'Exited' };
    }
  }
  throw new ReceiptRefused('REDEMPTION', `The transaction ${note.redemption} did not redeem note ${note.linkKey} for its amount.`);
}

async function minedBy(request: Request, hash: Hex, step: Step): Promise<Mined> {
  const found = (await request('eth_getTransactionReceipt', [hash])) as { status: Hex; blockNumber: Hex; logs: Mined['logs'] } | null;
  insist(found !== null && BigInt(found.status) === 1n, step, `The transaction ${hash} is unknown, pending or reverted.`);
  return { block: BigInt(found.blockNumber), logs: found.logs };
}

function eventsOf(mined: Mined, receipt: Receipt) {
  return mined.logs.filter((log) => same(log.address, receipt.escrow)).flatMap((log) => {
    try {
      return [decodeEventLog({ abi: escrowEvents, topics: log.topics, data: log.data })];
    } catch {
      return [];
    }
  });
}

async function lastFinal(request: Request, depth?: number): Promise<bigint> {
  if (depth !== undefined) {
    return BigInt((await request('eth_blockNumber', [])) as Hex) - BigInt(depth);
  }
  const block = (await request('eth_getBlockByNumber', ['finalized', false])) as { number: Hex } | null;
  if (!block) {
    throw new Error('This node does not say which block is final. Enter after how many blocks a transaction counts as final.');
  }
  return BigInt(block.number);
}
