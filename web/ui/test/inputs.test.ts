import { describe, expect, it } from 'vitest';
import { readAddress } from '../src/shared/addresses';
import { formatAmount, parseAmount } from '../src/shared/amounts';

describe('a payout address', () => {
  const right = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

  it.each([right, right.toLowerCase(), `  ${right} `, `ethereum:${right}`, `ethereum:${right}@1?value=1`])(
    'is read from %j', (text) => expect(readAddress(text)).toBe(right));

  it.each([
    ['', /Enter the address/],
    [right.replace('C51', 'c51'), /checksum/],
    [right.slice(0, -1), /40 characters/],
    [`${right}0`, /40 characters/],
    ['alice.eth', /not looked up/],
    [`0x${'0'.repeat(40)}`, /belongs to nobody/],
  ])('is refused for %j', (text, message) => expect(() => readAddress(text)).toThrow(message));
});

describe('an amount', () => {
  it.each([
    ['1', 18, 10n ** 18n], ['0.25', 18, 25n * 10n ** 16n], ['12.345678', 6, 12345678n], ['1234567', 0, 1234567n],
  ] as const)('%s with %i decimals is read and shown again', (text, decimals, value) => {
    expect(parseAmount(text, decimals)).toBe(value);
    expect(formatAmount(value, decimals).replaceAll(',', '')).toBe(text);
  });

  it('is grouped by thousands', () => expect(formatAmount(1234567890n, 3)).toBe('1,234,567.89'));

  it.each(['', '1,5', '-1', '1e18', '0', '0.0', '.5', '0x10', '1.1234567', '1'.repeat(40)])(
    'is not %j', (text) => expect(() => parseAmount(text, 6)).toThrow());
});
