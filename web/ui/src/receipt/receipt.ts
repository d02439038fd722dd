import type { Address, Hex } from '../protocol/viem';

/** The steps of docs/protocol.md §9, in their order. */
export const STEPS = ['FORMAT', 'SIGNATURE', 'NOTES', 'CHAIN', 'DEPOSIT', 'SIGNER', 'REDEMPTION', 'FINALITY'] as const;
export type Step = (typeof STEPS)[number];

/** A receipt that does not prove what it says. */
export class ReceiptRefused extends Error {
  override name = 'ReceiptRefused';

  constructor(readonly step: Step, message: string) {
    super(message);
  }
}

export function insist(holds: boolean, step: Step, otherwise: string): asserts holds {
  if (!holds) {
    throw new ReceiptRefused(step, otherwise);
  }
}

export interface ReceiptNote {
  linkKey: Address;
  amount: bigint;
  salt: Hex;
  path: Hex[];
  /** Undefined while it is unredeemed. */
  redemption?: Hex;
}

export interface Receipt {
  chainId: bigint;
  escrow: Address;
  token: Address;
  reference: string;
  issuedAt: bigint;
  deposit: { amount: bigint; notesRoot: Hex; transaction: Hex };
  notes: ReceiptNote[];
  signer: Address;
  signature: Hex;
}

const MAX_LENGTH = 128 * 1024;
const MAX_NOTES = 64;
const MAX_PATH = 9;
const MAX_REFERENCE = 200;
const MAX_AMOUNT = 1n << 128n;

type Members = Record<string, unknown>;

/** Reads a receipt's file. Throws {@link ReceiptRefused} at FORMAT. */
export function readReceipt(text: string): Receipt {
  insist(text.length <= MAX_LENGTH, 'FORMAT', 'The file is longer than any receipt.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ReceiptRefused('FORMAT', 'The file is no JSON document.');
  }
  const all = members(json, 'the receipt', ['version', 'chainId', 'escrow', 'token', 'reference', 'issuedAt', 'deposit', 'notes', 'signer', 'signature']);
  insist(all.version === 1, 'FORMAT', 'The receipt is of another version than 1.');
  const deposit = members(all.deposit, 'deposit', ['amount', 'notesRoot', 'transaction']);
  const reference = string(all, 'reference');
  insist(new TextEncoder().encode(reference).length <= MAX_REFERENCE, 'FORMAT', `The reference has more than ${MAX_REFERENCE} bytes.`);
  insist(Array.isArray(all.notes) && all.notes.length > 0 && all.notes.length <= MAX_NOTES, 'FORMAT', `A receipt shows 1 to ${MAX_NOTES} notes.`);
  const chainId = number(all, 'chainId');
  insist(chainId < 1n << 63n, 'FORMAT', 'chainId is too large.');
  return {
    chainId,
    escrow: address(all, 'escrow'),
    token: address(all, 'token'),
    reference,
    issuedAt: time(string(all, 'issuedAt')),
    deposit: { amount: amount(deposit), notesRoot: hex(deposit, 'notesRoot', 32), transaction: hex(deposit, 'transaction', 32) },
    notes: all.notes.map(readNote),
    signer: address(all, 'signer'),
    signature: hex(all, 'signature', 64),
  };
}

function readNote(json: unknown): ReceiptNote {
  const note = members(json, 'a note', ['linkKey', 'amount', 'salt', 'path', 'redemption']);
  const path: unknown = note.path;
  insist(Array.isArray(path) && path.length <= MAX_PATH, 'FORMAT', `A path is a list of at most ${MAX_PATH} hashes.`);
  return {
    linkKey: address(note, 'linkKey'),
    amount: amount(note),
    salt: hex(note, 'salt', 32),
    path: path.map((hash) => hex({ path: hash }, 'path', 32)),
    redemption: note.redemption === null ? undefined : hex(note, 'redemption', 32),
  };
}

function members(json: unknown, what: string, names: string[]): Members {
  const fits = typeof json === 'object' && json !== null && !Array.isArray(json)
    && Object.keys(json).sort().join() === [...names].sort().join();
  insist(fits, 'FORMAT', `Of ${what}, exactly these members are expected: ${names.join(', ')}.`);
  return json as Members;
}

function string(of: Members, name: string): string {
  const value = of[name];
  insist(typeof value === 'string', 'FORMAT', `${name} must be a string.`);
  return value;
}

function number(of: Members, name: string): bigint {
  const text = string(of, name);
  insist(/^(0|[1-9]\d{0,77})$/.test(text), 'FORMAT', `${name} must be a string of decimal digits.`);
  return BigInt(text);
}

function amount(of: Members): bigint {
  const value = number(of, 'amount');
  insist(value > 0n && value < MAX_AMOUNT, 'FORMAT', 'An amount lies between 1 and 2^128 - 1.');
  return value;
}

function hex(of: Members, name: string, length: number): Hex {
  const text = string(of, name);
  insist(new RegExp(`^0x[0-9a-fA-F]{${2 * length}}$`).test(text), 'FORMAT', `${name} must be 0x and ${2 * length} hexadecimal digits.`);
  return text.toLowerCase() as Hex;
}

const address = (of: Members, name: string): Address => hex(of, name, 20);

function time(text: string): bigint {
  const millis = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
  insist(millis >= 0, 'FORMAT', 'issuedAt must be a time in UTC in whole seconds, such as 2026-03-31T12:00:00Z.');
  return BigInt(millis / 1000);
}
