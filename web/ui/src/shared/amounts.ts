import { formatUnits } from '../protocol/viem';

/** Whole units with thin separators and no trailing zeros: `1,234.5`. */
export function formatAmount(amount: bigint, decimals: number): string {
  const [whole, fraction] = formatUnits(amount, decimals).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** Reads `0.25` in units of a token into its smallest units; the message of what it throws is for people. */
export function parseAmount(text: string, decimals: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) {
    throw new Error(`“${text.trim()}” is no amount. Write digits with a point, such as 0.25.`);
  }
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) {
    throw new Error(`“${text.trim()}” has more than ${decimals} decimals.`);
  }
  const value = BigInt(match[1]! + fraction.padEnd(decimals, '0'));
  if (value === 0n) {
    throw new Error('The amount is zero.');
  }
  if (value >= 1n << 128n) {
    throw new Error('The amount is too large.');
  }
  return value;
}
