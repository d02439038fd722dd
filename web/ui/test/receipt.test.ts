import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeFunctionData, encodeAbiParameters, encodeEventTopics, keccak256, type Hex } from 'viem';
import { signDigest } from '../src/protocol/escrow';
import { escrowEvents, escrowViews } from '../src/protocol/escrowEvents';
import { hexToBytes } from '../src/protocol/viem';
import { readReceipt, ReceiptRefused, type Receipt, type Step } from '../src/receipt/receipt';
import { receiptDigest, verify, type Expected } from '../src/receipt/verify';

const vectors = JSON.parse(readFileSync(new URL('../../../privacy/vectors/receipt-v1.json', import.meta.url), 'utf8'));
const key = hexToBytes(vectors.companyKey);
const good = () => readReceipt(JSON.stringify(vectors.receipt));
const RECIPIENT = '0x00000000000000000000000000000000000000aa';

/** What a chain answers on which all is as the receipt says; `change` makes it answer otherwise. */
function chain(receipt: Receipt, change: Record<string, unknown> = {}) {
  const id = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }, { type: 'bytes32' }],
    [receipt.token, receipt.deposit.amount, receipt.deposit.notesRoot]));
  const event = (name: 'Deposited' | 'Claimed' | 'TokenClaimed' | 'Exited', args: Record<string, unknown>) => {
    const item = escrowEvents.find((e) => e.name === name)!;
    const open = item.inputs.filter((i) => !('indexed' in i && i.indexed));
    return {
      address: receipt.escrow,
      topics: encodeEventTopics({ abi: escrowEvents, eventName: name, args } as Parameters<typeof encodeEventTopics>[0]),
      data: encodeAbiParameters(open, open.map((i) => args[i.name!]) as never),
    };
  };
  const paid = receipt.notes[0]!;
  const answers: Record<string, unknown> = {
    eth_chainId: '0x66eee',
    depositOf: encodeAbiParameters([{ type: 'address' }, { type: 'uint96' }], [vectors.receipt.signer, 1n]),
    isRedeemed: `0x${'0'.repeat(64)}`,
    [receipt.deposit.transaction]: {
      status: '0x1', blockNumber: '0x10',
      logs: [event('Deposited', { deposit: id, depositor: vectors.receipt.signer, token: receipt.token, amount: receipt.deposit.amount, notesRoot: receipt.deposit.notesRoot })],
    },
    [paid.redemption!]: {
      status: '0x1', blockNumber: '0x20',
      logs: [event('TokenClaimed', { linkKey: paid.linkKey, token: receipt.token, amount: paid.amount, recipient: RECIPIENT })],
    },
    eth_getBlockByNumber: { number: '0x20' },
    eth_blockNumber: '0x22',
    ...change,
  };
  return async (method: string, params: unknown[]) => {
    if (method === 'eth_call') {
      const { data } = params[0] as { data: Hex };
      return answers[decodeFunctionData({ abi: escrowViews, data }).functionName];
    }
    return answers[method === 'eth_getTransactionReceipt' ? (params[0] as string) : method];
  };
}

async function failing(receipt: Receipt, change: Record<string, unknown> = {}, expected: Expected = {}): Promise<Step | undefined> {
  try {
    await verify(receipt, chain(good(), change), expected, () => undefined);
    return undefined;
  } catch (e) {
    if (e instanceof ReceiptRefused) {
      return e.step;
    }
    throw e;
  }
}

const signed = (receipt: Receipt): Receipt => ({ ...receipt, signature: signDigest(key, receiptDigest(receipt)) });

describe('a receipt', () => {
  it('has the digest and the signature of the vectors', () => {
    expect(receiptDigest(good())).toBe(vectors.digest);
    expect(signDigest(key, receiptDigest(good()))).toBe(vectors.receipt.signature);
  });

  it('that holds proves who paid and where the money went', async () => {
    const passed: Step[] = [];
    const proven = await verify(good(), chain(good()), {}, (step) => passed.push(step));
    expect(passed).toEqual(['FORMAT', 'SIGNATURE', 'NOTES', 'CHAIN', 'DEPOSIT', 'SIGNER', 'REDEMPTION', 'FINALITY']);
    expect(proven.depositor.toLowerCase()).toBe(vectors.receipt.signer);
    expect(proven.payouts.map((p) => p.recipient?.toLowerCase())).toEqual([RECIPIENT, undefined]);
  });

  it.each([
    ['another version', (r: Record<string, unknown>) => ({ ...r, version: 2 })],
    ['a member too many', (r: Record<string, unknown>) => ({ ...r, note: 1 })],
    ['a number for an amount', (r: Record<string, unknown>) => ({ ...r, chainId: 421614 })],
    ['no notes', (r: Record<string, unknown>) => ({ ...r, notes: [] })],
    ['a time that is none', (r: Record<string, unknown>) => ({ ...r, issuedAt: '2026-03-31' })],
    ['a short signature', (r: Record<string, unknown>) => ({ ...r, signature: '0x00' })],
    ['a long reference', (r: Record<string, unknown>) => ({ ...r, reference: 'x'.repeat(201) })],
  ])('with %s is refused at FORMAT', (_, change) => {
    expect(() => readReceipt(JSON.stringify(change(vectors.receipt)))).toThrow(expect.objectContaining({ step: 'FORMAT' }));
  });

  it('that was changed after signing is refused at SIGNATURE', async () => {
    expect(await failing({ ...good(), reference: 'another' })).toBe('SIGNATURE');
    expect(await failing({ ...good(), signature: `0x${'ff'.repeat(64)}` })).toBe('SIGNATURE');
  });

  it('of notes that the deposit does not hold is refused at NOTES', async () => {
    const receipt = good();
    const twice = signed({ ...receipt, notes: [receipt.notes[0]!, receipt.notes[0]!] });
    const raised = signed({ ...receipt, notes: [{ ...receipt.notes[0]!, amount: receipt.notes[0]!.amount + 1n }] });
    const astray = { ...receipt, notes: [{ ...receipt.notes[0]!, path: receipt.notes[1]!.path }, receipt.notes[1]!] };
    for (const bad of [twice, raised, astray]) {
      expect(await failing(bad)).toBe('NOTES');
    }
  });

  it('of a token is not proved by a claim of as much native coin', async () => {
    const paid = good().notes[0]!;
    const item = escrowEvents.find((event) => event.name === 'Claimed')!;
    const log = {
      address: good().escrow, data: encodeAbiParameters([{ type: 'uint256' }, { type: 'address' }], [paid.amount, RECIPIENT]),
      topics: encodeEventTopics({ abi: [item], eventName: 'Claimed', args: { linkKey: paid.linkKey } }),
    };
    expect(await failing(good(), { [paid.redemption!]: { status: '0x1', blockNumber: '0x20', logs: [log] } })).toBe('REDEMPTION');
  });

  const other = `0x${'0'.repeat(38)}bb` as Hex;
  it.each<[Step, string, Record<string, unknown>, Expected]>([
    ['CHAIN', 'another chain', { eth_chainId: '0x1' }, {}],
    ['CHAIN', 'another escrow than expected', {}, { escrow: other }],
    ['DEPOSIT', 'an escrow that knows no such deposit', { depositOf: `0x${'0'.repeat(128)}` }, {}],
    ['DEPOSIT', 'a reverted deposit', { [vectors.receipt.deposit.transaction]: { status: '0x0', blockNumber: '0x10', logs: [] } }, {}],
    ['SIGNER', 'another signer than was announced', {}, { signer: other }],
    ['REDEMPTION', 'a claim that paid another note', { [vectors.receipt.notes[0].redemption]: { status: '0x1', blockNumber: '0x20', logs: [] } }, {}],
    ['REDEMPTION', 'a redemption that it hides', { isRedeemed: `0x${'0'.repeat(63)}1` }, {}],
    ['FINALITY', 'blocks that are not final', { eth_getBlockByNumber: { number: '0x1f' } }, {}],
    ['FINALITY', 'too few blocks on top', {}, { depth: 3 }],
  ])('is refused at %s for %s', async (step, _, change, expected) => expect(await failing(good(), change, expected)).toBe(step));
});
