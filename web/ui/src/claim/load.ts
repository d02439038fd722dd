import { NATIVE } from '../protocol/escrow';
import type { Link } from '../protocol/link';
import { networkOf } from '../shared/networks';
import { chainIdOf, readRedeemed, readToken, type Request, type TokenFacts } from './chain';
import type { Context } from './context';
import { getEscrow, getHealth, rpc, type EscrowInfo } from './portal';

/** The way that was offered to read the chain leads to another one. */
export class WrongNetworkError extends Error {
  override name = 'WrongNetworkError';
}

/** Asks the portal about a link's state; only public facts are sent. */
export async function loadFromPortal(link: Link): Promise<Context> {
  const escrow = await getEscrow();
  if (escrow.chain_id !== link.chainId || escrow.address.toLowerCase() !== link.escrow.toLowerCase()) {
    throw new WrongNetworkError(
      `The link is for ${networkOf(link.chainId).name} (chain ${link.chainId}), but this site serves ${networkOf(escrow.chain_id).name} (chain ${escrow.chain_id}) or another escrow.`);
  }
  const [redeemed, token, treasury] = await Promise.all([
    readRedeemed(rpc, link), tokenFacts(rpc, link, escrow),
    getHealth().then((health) => health.treasury.address ?? undefined, () => undefined)]);
  return { link, token, redeemed, checked: true, request: rpc, quote: escrow.claim_quote, treasury };
}

function tokenFacts(request: Request, link: Link, escrow: EscrowInfo): TokenFacts | Promise<TokenFacts> {
  return escrow.tokens.find((token) => token.address.toLowerCase() === link.token.toLowerCase()) ?? readToken(request, link);
}

/** Reads the link's state from a node or wallet of the recipient's own. */
export async function loadFromNode(link: Link, request: Request): Promise<Context> {
  const chainId = await chainIdOf(request);
  if (chainId !== link.chainId) {
    throw new WrongNetworkError(
      `The link is for ${networkOf(link.chainId).name} (chain ${link.chainId}), but this is ${networkOf(chainId).name} (chain ${chainId}). Use a node of the right network.`);
  }
  const [redeemed, token] = await Promise.all([readRedeemed(request, link), readToken(request, link)]);
  return { link, token, redeemed, checked: true, request };
}

/** The link as it says of itself, when nothing can be asked. */
export function loadUnchecked(link: Link): Context {
  const token = link.token === NATIVE
    ? { symbol: networkOf(link.chainId).coin, decimals: 18 }
    : { symbol: 'smallest units of the token', decimals: 0 };
  return { link, token, redeemed: link.notes.map(() => false), checked: false };
}
