import { NATIVE, escrowAbi } from '../protocol/escrow';
import type { Link } from '../protocol/link';
import { encodeFunctionData, getAddress, pad, type Address, type Hex } from '../protocol/viem';
import { networkOf } from '../shared/networks';

/** JSON-RPC by whichever way there is: the portal's proxy, a wallet, or the recipient's own node. */
export type Request = (method: string, params: unknown[]) => Promise<unknown>;

export interface TokenFacts {
  symbol: string;
  decimals: number;
}

/** Who was paid for a note, and by which transaction. */
export interface Payment {
  recipient: Address;
  txHash: Hex;
}

/** keccak of the events' signatures; pinned by contracts/vectors. */
export const CLAIMED: Hex = '0x7e6632ca16a0ac6cf28448500b1a17d96c8b8163ad4c4a9b44ef5386cc02779e';
export const TOKEN_CLAIMED: Hex = '0x9d9a7a38de1c8ece611109a57130146e6ccfa4e941942ec4b85ab727446ae0f3';
export const EXITED: Hex = '0x39914c8f7affd49084bd5eba25775e2d4bc8a7ad40928dd05bd886bc4c234c97';

const TIMEOUT_MS = 20_000;

/** A node of the recipient's choice. */
export function nodeAt(url: string): Request {
  return async (method, params) => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        headers: { 'Content-Type': 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
    } catch {
      throw new Error(`${new URL(url).host} does not answer. Check the address, or use another node.`);
    }
    const answer = await response.json().catch(() => undefined);
    if (!answer || answer.error) {
      throw new Error(`${new URL(url).host} refused: ${answer?.error?.message ?? `status ${response.status}`}`);
    }
    return answer.result;
  };
}

export async function chainIdOf(request: Request): Promise<number> {
  return Number(BigInt((await request('eth_chainId', [])) as Hex));
}

/** For each note of the link, in order, whether it has been paid. */
export async function readRedeemed(request: Request, link: Link): Promise<boolean[]> {
  return Promise.all(link.notes.map(async (note) => {
    const data = encodeFunctionData({ abi: escrowAbi, functionName: 'isRedeemed', args: [note.linkKey] });
    const answer = (await request('eth_call', [{ to: link.escrow, data }, 'latest'])) as Hex;
    if (!/^0x[0-9a-f]{64}$/i.test(answer)) {
      throw new Error('There is no Walnut escrow at the address that the link names on this network.');
    }
    return BigInt(answer) === 1n;
  }));
}

/** Name and decimals of a token, from the token itself. */
export async function readToken(request: Request, link: Pick<Link, 'chainId' | 'token'>): Promise<TokenFacts> {
  if (link.token === NATIVE) {
    return { symbol: networkOf(link.chainId).coin, decimals: 18 };
  }
  const call = (data: Hex) => request('eth_call', [{ to: link.token, data }, 'latest']) as Promise<Hex>;
  const [symbol, decimals] = await Promise.all([call('0x95d89b41'), call('0x313ce567')]);
  return { symbol: decodeText(symbol), decimals: Number(BigInt(decimals)) };
}

/** An ABI string, or the bytes32 that old tokens return; only characters that cannot mislead. */
function decodeText(data: Hex): string {
  const bytes = Uint8Array.from(data.slice(2).match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const length = bytes.length > 64 ? Math.min(Number(BigInt(`0x${data.slice(66, 130)}`)), bytes.length - 64) : 32;
  const text = new TextDecoder().decode(bytes.length > 64 ? bytes.slice(64, 64 + length) : bytes);
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, 12) || 'tokens';
}

/** Who was paid for a note, from the escrow's events; undefined when the node does not tell. */
export async function readPayment(request: Request, link: Link, linkKey: Address): Promise<Payment | undefined> {
  const key = pad(linkKey, { size: 32 });
  const filter = { address: link.escrow, fromBlock: '0x0', toBlock: 'latest' };
  const search = (topics: (Hex | null)[]) =>
    (request('eth_getLogs', [{ ...filter, topics }]) as Promise<{ data: Hex; transactionHash: Hex }[]>).catch(() => []);
  const found = await Promise.all([search([link.token === NATIVE ? CLAIMED : TOKEN_CLAIMED, key]), search([EXITED, null, key])]);
  const log = found.flat()[0];
  // The recipient is the last word of each of these events.
  return log && { recipient: getAddress(`0x${log.data.slice(-40)}`), txHash: log.transactionHash };
}

/** Waits for a transaction, at most ten minutes; true if it did what it should. */
export async function waitForReceipt(request: Request, hash: Hex): Promise<boolean> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const receipt = (await request('eth_getTransactionReceipt', [hash])) as { status: Hex } | null;
    if (receipt) {
      return BigInt(receipt.status) === 1n;
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  throw new Error('The transaction is not in a block after ten minutes. Look it up in your wallet.');
}
