import { getAddress, numberToHex, type Address, type Hex } from '../protocol/viem';
import { networkOf } from './networks';

/** An EIP-1193 provider. */
export interface Provider {
  request(args: { method: string; params?: unknown[] }): Promise<unknown>;
}

interface Announced {
  info: { name: string };
  provider: Provider;
}

/** What went wrong with a wallet; the message is for people. */
export class WalletError extends Error {
  override name = 'WalletError';
}

let announced: Announced[] = [];

/** Starts listening for wallets (EIP-6963). */
export function discoverWallets(): void {
  window.addEventListener('eip6963:announceProvider', (event) => {
    announced = [...announced, (event as CustomEvent<Announced>).detail];
  });
  window.dispatchEvent(new Event('eip6963:requestProvider'));
}

/** The browser's wallet, if there is one. */
export function findWallet(): Provider | undefined {
  return (window as { ethereum?: Provider }).ethereum ?? announced[0]?.provider;
}

/** Asks the wallet which account to use. */
export async function connect(wallet: Provider): Promise<Address> {
  const accounts = (await ask(wallet, 'eth_requestAccounts')) as string[];
  if (!accounts[0]) {
    throw new WalletError('The wallet has no account to offer. Unlock it and try again.');
  }
  return getAddress(accounts[0]);
}

/** Makes sure that the wallet is on a chain, asking it to switch if it is not. */
export async function ensureChain(wallet: Provider, chainId: number): Promise<void> {
  const current = Number(BigInt((await ask(wallet, 'eth_chainId')) as Hex));
  if (current === chainId) {
    return;
  }
  try {
    await wallet.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: numberToHex(chainId) }] });
  } catch {
    throw new WalletError(
      `Your wallet is on ${networkOf(current).name}. Switch it to ${networkOf(chainId).name} (chain ${chainId}) and try again.`);
  }
}

export interface TransactionRequest {
  to: Address;
  data: Hex;
  value: bigint;
}

/** Has the wallet sign and send a transaction. */
export async function send(wallet: Provider, from: Address, transaction: TransactionRequest): Promise<Hex> {
  const { to, data, value } = transaction;
  return (await ask(wallet, 'eth_sendTransaction', [{ from, to, data, value: numberToHex(value) }])) as Hex;
}

async function ask(wallet: Provider, method: string, params: unknown[] = []): Promise<unknown> {
  try {
    return await wallet.request({ method, params });
  } catch (e) {
    const { code, message } = e as { code?: number; message?: string };
    if (code === 4001) {
      throw new WalletError('You declined in the wallet. Nothing was sent.');
    }
    throw new WalletError(`The wallet refused: ${(message ?? 'no reason given').split('\n')[0]}`);
  }
}
