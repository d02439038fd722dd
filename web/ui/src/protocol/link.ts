import { LinkFormatError, Reader, concatBytes, fromBase64Url, toBase64Url } from './bytes';
import { linkKeyOf, noteKey } from './derivation';
import { stretchAside } from './stretch';
import type { Address, Hex } from './viem';

const VERSION = 1;
const WRAPPED = 1;
const OPENED = 2;
const WORDED = 4;
const MAX_PAYER = 60;
/** The longest message, in bytes of UTF-8. */
export const MAX_MESSAGE = 500;
const MAX_NOTES = 64;
/** A tree of 500 leaves is nine levels deep. */
const MAX_PATH = 9;
const KDF_SALT_LENGTH = 16;
const IV_LENGTH = 12;

export interface Opening {
  salt: Hex;
  /** From the note's leaf to the root. */
  path: Hex[];
}

export interface LinkNote {
  index: number;
  linkKey: Address;
  amount: bigint;
  /** The enclave's, over the voucher: 64 bytes. */
  voucherSignature: Hex;
  /** What an exit needs; only in links that carry openings. */
  opening?: Opening;
}

/** All that is needed to redeem a link's notes. */
export interface Link {
  chainId: number;
  escrow: Address;
  /** The zero address for the native coin. */
  token: Address;
  /** 32 bytes; it never leaves the page. */
  secret: Uint8Array;
  notes: LinkNote[];
  deposit?: { amount: bigint; notesRoot: Hex };
  /** Who pays and what they say, as whoever made the link wrote it; either may be empty. */
  words?: { payer: string; message: string };
}

/** A link that needs a passphrase before it can be read. */
export interface WrappedLink {
  header: Uint8Array;
  sealed: Uint8Array;
}

export class WrongPassphraseError extends Error {
  override name = 'WrongPassphraseError';
}

/** Takes a fragment, or a whole link pasted by hand. */
export function fragmentOf(text: string): string {
  const trimmed = text.trim();
  return trimmed.includes('#') ? trimmed.slice(trimmed.indexOf('#') + 1) : trimmed;
}

/** Decodes docs/protocol.md §8. Throws {@link LinkFormatError}. */
export function parseLink(fragment: string): Link | WrappedLink {
  const all = fromBase64Url(fragment);
  const reader = new Reader(all);
  if (reader.byte() !== VERSION) {
    throw new LinkFormatError('The link is of a version that this page does not know. Ask the sender for a new one.');
  }
  const flags = reader.byte();
  if ((flags & ~(WRAPPED | OPENED | WORDED)) !== 0) {
    throw new LinkFormatError('The link carries something that this page does not know. Ask the sender for a new one.');
  }
  if ((flags & WRAPPED) !== 0) {
    return { header: all.slice(0, 2), sealed: reader.rest() };
  }
  return parseBody(reader, flags);
}

export function isWrapped(link: Link | WrappedLink): link is WrappedLink {
  return 'sealed' in link;
}

/** Opens a wrapped link. The key derivation takes a second or more, by design, beside the page. */
export async function unwrapLink(link: WrappedLink, passphrase: string): Promise<Link> {
  const reader = new Reader(link.sealed);
  const salt = reader.bytes(KDF_SALT_LENGTH);
  const iv = reader.bytes(IV_LENGTH);
  const key = await deriveKey(passphrase, salt);
  const body = await decrypt(key, iv, link.header, reader.rest());
  return parseBody(new Reader(body), link.header[1]!);
}

/** Locks a plain link's fragment with a passphrase (docs/protocol.md §8). */
export async function wrapFragment(fragment: string, passphrase: string): Promise<string> {
  const all = fromBase64Url(fragment);
  const header = Uint8Array.of(all[0]!, all[1]! | WRAPPED);
  const salt = crypto.getRandomValues(new Uint8Array(KDF_SALT_LENGTH));
  const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
  const key = await deriveKey(passphrase, salt);
  const imported = await crypto.subtle.importKey('raw', concatBytes(key), 'AES-GCM', false, ['encrypt']);
  key.fill(0);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: header, tagLength: 128 }, imported, concatBytes(all.slice(2)));
  all.fill(0);
  return toBase64Url(concatBytes(header, salt, iv, new Uint8Array(sealed)));
}

async function deriveKey(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  const password = new TextEncoder().encode(passphrase.normalize('NFKC'));
  try {
    return await stretchAside(password, salt);
  } finally {
    password.fill(0);
  }
}

async function decrypt(key: Uint8Array, iv: Uint8Array, header: Uint8Array, sealed: Uint8Array): Promise<Uint8Array> {
  try {
    const imported = await crypto.subtle.importKey('raw', concatBytes(key), 'AES-GCM', false, ['decrypt']);
    const algorithm = { name: 'AES-GCM', iv: concatBytes(iv), additionalData: concatBytes(header), tagLength: 128 };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, concatBytes(sealed)));
  } catch (e) {
    if (e instanceof DOMException && e.name === 'OperationError') {
      throw new WrongPassphraseError('This is not the passphrase of this link.');
    }
    throw e;
  } finally {
    key.fill(0);
  }
}

function parseBody(reader: Reader, flags: number): Link {
  const chainId = Number(reader.unsigned(8));
  const escrow = reader.address();
  const token = reader.address();
  const secret = reader.bytes(32);
  const count = reader.byte();
  if (count === 0 || count > MAX_NOTES) {
    throw new LinkFormatError(`The link carries ${count} payments; links carry 1 to ${MAX_NOTES}. Ask the sender for a new one.`);
  }
  const notes = Array.from({ length: count }, (_, index) => {
    const amount = reader.unsigned(16);
    const voucherSignature = reader.hex(64);
    return { index, linkKey: keyOf(secret, index), amount, voucherSignature } as LinkNote;
  });
  if (notes.some((note) => note.amount === 0n)) {
    throw new LinkFormatError('The link carries an empty payment. Ask the sender for a new one.');
  }
  const deposit = (flags & OPENED) !== 0 ? readOpenings(reader, notes) : undefined;
  const words = (flags & WORDED) !== 0 ? readWords(reader) : undefined;
  reader.end();
  return { chainId, escrow, token, secret, notes, ...(deposit && { deposit }), ...(words && { words }) };
}

function keyOf(secret: Uint8Array, index: number): Address {
  const key = noteKey(secret, index);
  try {
    return linkKeyOf(key);
  } finally {
    key.fill(0);
  }
}

function readOpenings(reader: Reader, notes: LinkNote[]): { amount: bigint; notesRoot: Hex } {
  const deposit = { amount: reader.unsigned(32), notesRoot: reader.hex(32) };
  for (const note of notes) {
    const salt = reader.hex(32);
    const length = reader.byte();
    if (length > MAX_PATH) {
      throw new LinkFormatError('The link carries a proof that is too long. Ask the sender for a new one.');
    }
    note.opening = { salt, path: Array.from({ length }, () => reader.hex(32)) };
  }
  return deposit;
}

function readWords(reader: Reader): { payer: string; message: string } {
  const payer = readText(reader, reader.byte(), MAX_PAYER);
  return { payer, message: readText(reader, Number(reader.unsigned(2)), MAX_MESSAGE) };
}

function readText(reader: Reader, length: number, most: number): string {
  const refused = () => new LinkFormatError('The link carries text that cannot be shown. Ask the sender for a new one.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(reader.bytes(length));
  } catch (e) {
    throw e instanceof LinkFormatError ? e : refused();
  }
  if (length > most || !isPlain(text)) {
    throw refused();
  }
  return text;
}

/** Whether text can be shown as it is: no controls, nothing that turns the direction of writing. */
export function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text);
}

export function totalOf(notes: LinkNote[]): bigint {
  return notes.reduce((sum, note) => sum + note.amount, 0n);
}
