import { signClaim } from '../protocol/escrow';
import type { Address } from '../protocol/viem';
import type { Context } from './context';
import { openNotes } from './context';
import { getClaim, postClaim, PortalError, type ClaimState } from './portal';
import { savePending, type Pending, type PendingClaim } from './session';

/** How long a relayed claim stays good after it should have been sent. */
const DEADLINE_SECONDS = 3600;
const FIRST_POLL_MS = 1000;
const SLOWEST_POLL_MS = 6000;
/** While nothing but time passes. */
const SCHEDULED_POLL_MS = 20_000;
/** After this the page stops asking; the relayer goes on by itself. */
const PATIENCE_MS = 15 * 60_000;

/** How the recipient wants to be paid. */
export interface Wish {
  /** One address, or several that share out the notes in turn. */
  recipients: Address[];
  /** How long the relayer may wait to hide the payment among others, in seconds. */
  patience: number;
}

export function recipientOf(wish: Wish, index: number): Address {
  return wish.recipients[index % wish.recipients.length]!;
}

/** Signs the claims of all open notes with the link's keys, here in the browser. */
export function signClaims(context: Context, wish: Wish): Pending {
  const quote = context.quote!;
  const deadline = Math.floor(Date.now() / 1000) + wish.patience + DEADLINE_SECONDS;
  const claims = openNotes(context).map((note, i): PendingClaim => {
    const recipient = recipientOf(wish, i);
    return {
      request: {
        token: context.link.token,
        amount: note.amount.toString(),
        link_key: note.linkKey,
        voucher_signature: note.voucherSignature,
        recipient,
        relayer: quote.relayer,
        fee: quote.fee,
        deadline,
        link_signature: signClaim(context.link, note, { recipient, relayer: quote.relayer, fee: BigInt(quote.fee), deadline: BigInt(deadline) }),
        ...(wish.patience > 0 && { patience_seconds: wish.patience }),
      },
    };
  });
  const { chainId, escrow } = context.link;
  return { chainId, escrow, ...wish, symbol: context.token.symbol, decimals: context.token.decimals, claims };
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
  let start = Date.now();
  for (let wait = FIRST_POLL_MS; !pending.claims.every(isPaid); wait = Math.min(wait * 1.3, SLOWEST_POLL_MS)) {
    check(pending);
    if (Date.now() - start > PATIENCE_MS) {
      throw new Error('The network is slow. Your payment is signed and will be sent; open this page again later.');
    }
    const waits = pending.claims.every((claim) => isPaid(claim) || claim.state?.state === 'scheduled');
    if (waits) {
      start = Date.now();
      wait = FIRST_POLL_MS;
    }
    await pauseOf(pending, waits ? SCHEDULED_POLL_MS : wait);
    await poll(pending, slow);
    savePending(pending);
    news();
    if (Date.now() - start > 30_000) {
      slow('This takes longer than usual: the network is busy. You may leave this page open or come back; nothing is lost.');
    }
  }
  check(pending);
}

/** Ends early when the recipient no longer wants to wait. */
async function pauseOf(pending: Pending, millis: number): Promise<void> {
  const end = Date.now() + millis;
  const patience = pending.patience;
  while (Date.now() < end && pending.patience === patience) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(500, end - Date.now())));
  }
}

/** Asks for all that still waits to be paid at once: the same claims, without patience. */
export async function payNow(pending: Pending): Promise<void> {
  for (const claim of pending.claims) {
    if (claim.state?.state === 'scheduled') {
      const { patience_seconds: _, ...request } = claim.request;
      claim.request = request;
      claim.state = await postClaim(request);
    }
  }
  pending.patience = 0;
  savePending(pending);
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
  for (const { state, request } of pending.claims) {
    if (state?.state === 'failed' || (state && state.recipient.toLowerCase() !== request.recipient.toLowerCase())) {
      throw new ClaimFailedError(state);
    }
  }
}

export function isPaid(claim: PendingClaim): boolean {
  return claim.state?.state === 'mined' || claim.state?.state === 'settled';
}
