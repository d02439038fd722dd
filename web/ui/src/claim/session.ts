import type { Address, Hex } from '../protocol/viem';
import type { ClaimRequest, ClaimState } from './portal';

/** One note's claim: signed, so it can be sent again after a reload without the link. */
export interface PendingClaim {
  request: ClaimRequest;
  state?: ClaimState;
}

/** What the page shows of a claim that is under way; nothing in it is secret. */
export interface Pending {
  chainId: number;
  escrow: Address;
  /** Whom the notes are paid to; several share them out in turn. */
  recipients: Address[];
  /** How long the claims may wait, in seconds. */
  patience: number;
  symbol: string;
  decimals: number;
  claims: PendingClaim[];
}

/** What was paid, for the receipt. */
export interface Paid {
  amount: bigint;
  txHash: Hex | null;
}

const FRAGMENT = 'walnut.link';
const PENDING = 'walnut.pending.2';

/*
 * The fragment leaves the address bar at once, so a reload would lose the money's only key. It is kept in
 * this tab's own storage until the link is paid or the tab is closed; no server and no other page sees it.
 */
export function takeFragment(): string | undefined {
  const fragment = location.hash.slice(1);
  if (fragment) {
    history.replaceState(null, '', location.pathname + location.search);
    if (fragment !== read(FRAGMENT)) {
      forget();
    }
    keepFragment(fragment);
    return fragment;
  }
  return read(FRAGMENT);
}

export function keepFragment(fragment: string): void {
  write(FRAGMENT, fragment);
}

export function savePending(pending: Pending): void {
  write(PENDING, JSON.stringify(pending));
}

export function loadPending(): Pending | undefined {
  const text = read(PENDING);
  return text ? (JSON.parse(text) as Pending) : undefined;
}

/** The link is paid: its secret is of no more use to anyone. */
export function forgetFragment(): void {
  remove(FRAGMENT);
}

export function forget(): void {
  remove(FRAGMENT);
  remove(PENDING);
}

// Storage can be switched off; then only a reload is not survived.
function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    /* see above */
  }
}

function remove(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    /* see above */
  }
}
