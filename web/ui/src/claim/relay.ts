import { signClaim } from '../protocol/escrow';
import type { Address } from '../protocol/viem';
import type { Context } from './context';
import { openNotes } from './context';
import { getClaim, postClaim, PortalError, type ClaimState } from './portal';
import { savePending, type Pending, type PendingClaim } from './session';

/** How long a relayed claim stays good. */
const DEADLINE_SECONDS = 3600;
const FIRST_POLL_MS = 1000;
const SLOWEST_POLL_MS = 6000;
/** After this the page stops asking; the relayer goes on by itself. */
const PATIENCE_MS = 15 * 60_000;

/** Signs the claims of all open notes with the link's keys, here in the browser. */
export function signClaims(context: Context, recipient: Address): Pending {
  const quote = context.quote!;
  const payout = {
    recipient, relayer: quote.relayer, fee: BigInt(quote.fee), deadline: BigInt(Math.floor(Date.now() / 1000) + DEADLINE_SECONDS),
  };
  const claims = openNotes(context).map((note): PendingClaim => ({
    request: {
      token: context.link.token,
      amount: note.amount.toString(),
      link_key: note.linkKey,
      voucher_signature: note.voucherSignature,
      recipient,
      relayer: quote.relayer,
      fee: quote.fee,
      deadline: Number(payout.deadline),
      link_signature: signClaim(context.link, note, payout),
    },
  }));
  const { chainId, escrow } = context.link;
  return { chainId, escrow, recipient, symbol: context.token.symbol, decimals: context.token.decimals, claims };
}

/** The relayer gave up on a claim, or paid it to somebody else. */
export class ClaimFailedError extends Error {
  override name = 'ClaimFailedError';

  constructor(readonly state: ClaimState) {
    super(`The payment could not be made (${state.failure ?? 'no reason given'}).`);
  }
}

/** Hands the claims over and follows them until all are paid. Safe to repeat with the same claims. */
export async function relay(pending: Pending, news: () => void, slow: (text: string) => void): Promise<void> {
  savePending(pending);
  for (const claim of pending.claims) {
    claim.state ??= await postClaim(claim.request);
    savePending(pending);
    news();
  }
  const start = Date.now();
  for (let wait = FIRST_POLL_MS; !pending.claims.every(isPaid); wait = Math.min(wait * 1.3, SLOWEST_POLL_MS)) {
    check(pending);
    if (Date.now() - start > PATIENCE_MS) {
      throw new Error('The network is slow. Your payment is signed and will be sent; open this page again later.');
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    await poll(pending, slow);
    savePending(pending);
    news();
    if (Date.now() - start > 30_000) {
      slow('This takes longer than usual: the network is busy. You may leave this page open or come back; nothing is lost.');
    }
  }
  check(pending);
}

async function poll(pending: Pending, slow: (text: string) => void): Promise<void> {
  for (const claim of pending.claims.filter((c) => !isPaid(c))) {
    try {
      claim.state = await getClaim(claim.state!.id!);
    } catch (e) {
      if (e instanceof PortalError && (e.status === 0 || e.status >= 500 || e.status === 429)) {
        slow('The payment service does not answer at the moment. Still trying.');
      } else {
        throw e;
      }
    }
  }
}

function check(pending: Pending): void {
  for (const { state } of pending.claims) {
    if (state?.state === 'failed' || (state && state.recipient.toLowerCase() !== pending.recipient.toLowerCase())) {
      throw new ClaimFailedError(state);
    }
  }
}

export function isPaid(claim: PendingClaim): boolean {
  return claim.state?.state === 'mined' || claim.state?.state === 'settled';
}
