import { bytesToHex, hexToBytes } from './viem';
import type { Address, Hex } from './viem';

/** A link that cannot be read; the message is for its holder. */
export class LinkFormatError extends Error {
  override name = 'LinkFormatError';
}

/** Reads big-endian fields one after the other; too short an input is a {@link LinkFormatError}. */
export class Reader {
  private offset = 0;

  constructor(private readonly data: Uint8Array) {}

  bytes(length: number): Uint8Array {
    if (this.offset + length > this.data.length) {
      throw new LinkFormatError('The link is too short: its end is missing. Copy the whole link and try again.');
    }
    return this.data.slice(this.offset, (this.offset += length));
  }

  hex(length: number): Hex {
    return bytesToHex(this.bytes(length));
  }

  address(): Address {
    return this.hex(20);
  }

  unsigned(length: number): bigint {
    return BigInt(this.hex(length));
  }

  byte(): number {
    return this.bytes(1)[0]!;
  }

  rest(): Uint8Array {
    return this.bytes(this.data.length - this.offset);
  }

  end(): void {
    if (this.offset !== this.data.length) {
      throw new LinkFormatError('The link is too long: something was added to it. Copy the link alone and try again.');
    }
  }
}

/** RFC 4648 §5, unpadded. */
export function fromBase64Url(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new LinkFormatError('The link holds a character that no link has. Copy the whole link and try again.');
  }
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}

export function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (b) => String.fromCharCode(b)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function u32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}

export function concatBytes(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

export { bytesToHex, hexToBytes };
