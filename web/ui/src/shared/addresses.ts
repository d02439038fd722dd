import { getAddress, isAddress, type Address } from '../protocol/viem';

/**
 * Reads a payout address. One in mixed case must carry a right EIP-55 checksum; one in a single case has
 * none to check. The message of what it throws is for people.
 */
export function readAddress(text: string): Address {
  const trimmed = text.trim().replace(/^ethereum:/i, '').replace(/[@?/].*$/, '');
  if (trimmed === '') {
    throw new Error('Enter the address that is to be paid.');
  }
  if (/\.[a-z]+$/i.test(trimmed)) {
    throw new Error('Names such as alice.eth are not looked up here. Enter the address itself: 0x and 40 characters.');
  }
  if (!/^0x[0-9a-f]{40}$/i.test(trimmed)) {
    throw new Error('An address is 0x and 40 characters from 0–9 and a–f. Copy it again from your wallet.');
  }
  const digits = trimmed.slice(2);
  const singleCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (!singleCase && !isAddress(trimmed, { strict: true })) {
    throw new Error('The address has a typing error: its checksum is wrong. Copy it again from your wallet.');
  }
  if (/^0+$/.test(digits)) {
    throw new Error('The zero address belongs to nobody. Enter your own address.');
  }
  return getAddress(`0x${digits.toLowerCase()}`);
}

export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
