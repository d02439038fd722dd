import { readFileSync } from 'node:fs';
import { encodeAbiParameters, toEventSelector } from 'viem';
import { describe, expect, it } from 'vitest';
import { CLAIMED, EXITED, readPayment, TOKEN_CLAIMED, type Request } from '../src/claim/chain';
import { fromBase64Url, hexToBytes, LinkFormatError, toBase64Url } from '../src/protocol/bytes';
import { linkKeyOf, noteKey } from '../src/protocol/derivation';
import { claimCall, claimDigest, exitCall, NATIVE, signClaim } from '../src/protocol/escrow';
import { escrowEvents } from '../src/protocol/escrowEvents';
import { fragmentOf, isWrapped, parseLink, totalOf, unwrapLink, wrapFragment, WrongPassphraseError, type Link } from '../src/protocol/link';
import { bytesToHex, getAddress, pad, type Hex } from '../src/protocol/viem';

const vectors = JSON.parse(readFileSync(new URL('../../../contracts/vectors/v1.json', import.meta.url), 'utf8'));
const plain = () => parseLink(vectors.links.plain) as Link;
const opened = () => parseLink(vectors.links.opened) as Link;
const payout = (index: number) => {
  const { recipient, relayer, fee, deadline } = vectors.claims[index];
  return { recipient, relayer, fee: BigInt(fee), deadline: BigInt(deadline) };
};

describe('note keys', () => {
  it.each(vectors.notes as { link: number; note: number; key: Hex; linkKey: string }[])(
    'of link $link, note $note derive from the link secret', ({ link, note, key, linkKey }) => {
      const derived = noteKey(hexToBytes(vectors.derivation.linkSecrets[link]), note);
      expect(bytesToHex(derived)).toBe(key);
      expect(linkKeyOf(derived)).toBe(linkKey);
    });
});

describe('a link', () => {
  it('carries chain, escrow, token, secret, amounts and voucher signatures', () => {
    const link = plain();
    expect(link.chainId).toBe(vectors.domain.chainId);
    expect(link.escrow).toBe(vectors.domain.escrow.toLowerCase());
    expect(link.token).toBe(vectors.deposit.token);
    expect(bytesToHex(link.secret)).toBe(vectors.derivation.linkSecrets[0]);
    expect(link.notes.map((n) => n.amount.toString())).toEqual([vectors.notes[0].amount, vectors.notes[1].amount]);
    expect(link.notes.map((n) => n.voucherSignature)).toEqual([vectors.vouchers[0].signature, vectors.vouchers[1].signature]);
    expect(link.notes.map((n) => n.linkKey)).toEqual([vectors.notes[0].linkKey, vectors.notes[1].linkKey]);
    expect(totalOf(link.notes)).toBe(1750000000000000000n);
    expect(link.deposit).toBeUndefined();
  });

  it('with openings also carries deposit, salts and paths', () => {
    const link = opened();
    expect(link.deposit).toEqual({ amount: BigInt(vectors.deposit.amount), notesRoot: vectors.deposit.notesRoot });
    expect(link.notes.map((n) => n.opening)).toEqual(
      [0, 1].map((i) => ({ salt: vectors.notes[i].salt, path: vectors.notes[i].path })));
  });

  it.each(['worded', 'openedAndWorded'])('%s carries who pays and what they say', (name) => {
    const link = parseLink(vectors.links[name]) as Link;
    expect(link.words).toEqual(vectors.links.words);
    expect(link.notes.map((n) => n.linkKey)).toEqual(plain().notes.map((n) => n.linkKey));
    expect(link.deposit).toEqual(name === 'worded' ? undefined : opened().deposit);
  });

  it.each([
    ['a line break', [1, 10, 0, 0]], ['a turn of direction', [3, 0xe2, 0x80, 0xae, 0, 0]], ['bytes that are no UTF-8', [1, 0xff, 0, 0]],
    ['too long a name', [61, ...Array(61).fill(97), 0, 0]], ['too long a message', [0, 1, 0xf5, ...Array(501).fill(97)]],
  ])('whose words hold %s is refused', (_, words) => {
    const bytes = fromBase64Url(vectors.links.plain).fill(4, 1, 2);
    expect(() => parseLink(toBase64Url(Uint8Array.from([...bytes, ...words])))).toThrow(/cannot be shown/);
  });

  it('wrapped opens with its passphrase in any Unicode form, and only with it', async () => {
    const link = parseLink(vectors.links.wrapped);
    if (!isWrapped(link)) throw new Error('not wrapped');
    expect(await unwrapLink(link, 'correct horse fig')).toEqual(plain());
    expect(await unwrapLink(link, vectors.links.passphrase)).toEqual(plain());
    await expect(unwrapLink(link, 'correct horse fig ')).rejects.toThrow(WrongPassphraseError);
  }, 120_000);

  it('can be wrapped, with fresh salt and IV each time', async () => {
    const [first, second] = [await wrapFragment(vectors.links.opened, 'four words are fine'), await wrapFragment(vectors.links.opened, 'four words are fine')];
    expect(first).not.toBe(second);
    const link = parseLink(first);
    if (!isWrapped(link)) throw new Error('not wrapped');
    expect(await unwrapLink(link, 'four words are fine')).toEqual(opened());
  }, 120_000);

  it('is found in a whole URL, with space around it', () => {
    expect(fragmentOf(` https://pay.example/claim#${vectors.links.plain}\n`)).toBe(vectors.links.plain);
    expect(fragmentOf(vectors.links.plain)).toBe(vectors.links.plain);
  });

  it('cut anywhere is refused', () => {
    const bytes = fromBase64Url(vectors.links.opened);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => parseLink(toBase64Url(bytes.slice(0, length)))).toThrow(LinkFormatError);
    }
  });

  it('with bytes after its end is refused', () => {
    expect(() => parseLink(`${vectors.links.opened}AAAA`)).toThrow(/too long/);
  });

  it.each([
    ['another version', 'Ag' + vectors.links.plain.slice(2), /version/],
    ['an unknown flag', toBase64Url(fromBase64Url(vectors.links.plain).fill(8, 1, 2)), /does not know/],
    ['foreign characters', vectors.links.plain.replace('A', '!'), /character/],
    ['no notes', toBase64Url(fromBase64Url(vectors.links.plain).fill(0, 82, 83)), /0 payments/],
    ['too many notes', toBase64Url(fromBase64Url(vectors.links.plain).fill(65, 82, 83)), /65 payments/],
  ])('with %s is refused', (_, fragment, message) => {
    expect(() => parseLink(fragment as string)).toThrow(message as RegExp);
    expect(() => parseLink(fragment as string)).toThrow(LinkFormatError);
  });
});

describe('a claim', () => {
  it.each([0, 1])('of note %i has the digest, signature and bytes of the vectors', (index) => {
    const link = plain();
    const note = link.notes[index]!;
    expect(claimDigest(link, note, payout(index))).toBe(vectors.claims[index].digest);
    expect(signClaim(link, note, payout(index))).toBe(vectors.claims[index].signature);
  });

  it('encodes as the escrow reads it', () => {
    const link = plain();
    const signature = signClaim(link, link.notes[0]!, payout(0));
    expect(claimCall(link, link.notes[0]!, payout(0), signature)).toBe(vectors.calls.claim);
  });

  it('without the enclave, as an exit, encodes as the escrow reads it', () => {
    const link = opened();
    const signature = signClaim(link, link.notes[1]!, payout(1));
    expect(exitCall(link, link.notes[1]!, payout(1), signature)).toBe(vectors.calls.exit);
  });

  it('is told by events whose topics are those of the vectors', () => {
    expect({ Claimed: CLAIMED, TokenClaimed: TOKEN_CLAIMED, Exited: EXITED }).toEqual({
      Claimed: vectors.events.Claimed, TokenClaimed: vectors.events.TokenClaimed, Exited: vectors.events.Exited,
    });
    for (const event of escrowEvents) {
      expect(toEventSelector(event)).toBe(vectors.events[event.name]);
    }
  });

  it.each([
    ['a claim of native coin', NATIVE, 'Claimed', 1],
    ['a claim of a token', `0x${'c1'.repeat(20)}` as const, 'TokenClaimed', 1],
    ['an exit', NATIVE, 'Exited', 2],
  ])('that was made is found as %s, with who was paid', async (_, token, name, position) => {
    const link = { ...plain(), token };
    const { linkKey, amount } = link.notes[0]!;
    const item = escrowEvents.find((event) => event.name === name)!;
    const recipient = getAddress(`0x${'ab'.repeat(20)}`);
    const args = { linkKey, token, amount, recipient, deposit: vectors.deposit.id } as Record<string, unknown>;
    const open = item.inputs.filter((input) => !('indexed' in input && input.indexed));
    const log = { data: encodeAbiParameters(open, open.map((input) => args[input.name!]) as never), transactionHash: '0x01' };
    const node = async (_method: string, [{ topics }]: [{ topics: (string | null)[] }]) =>
      (topics[0] === vectors.events[name] && topics[position] === pad(linkKey, { size: 32 }) ? [log] : []);
    expect(await readPayment(node as unknown as Request, link, linkKey)).toEqual({ recipient, txHash: '0x01' });
  });

  it('cannot exit from a link without openings', () => {
    const link = plain();
    expect(() => exitCall(link, link.notes[0]!, payout(0), vectors.claims[0].signature)).toThrow(/no openings/);
  });
});
