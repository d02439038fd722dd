import type { Link, LinkNote } from '../protocol/link';
import type { Address } from '../protocol/viem';
import type { Request, TokenFacts } from './chain';
import type { ClaimQuote } from './portal';

/** A link, and what is known of it. */
export interface Context {
  link: Link;
  token: TokenFacts;
  /** For each note, whether it has been paid. */
  redeemed: boolean[];
  /** Whether `redeemed` was read from the chain, not assumed. */
  checked: boolean;
  /** How to read the chain, if there is a way. */
  request?: Request;
  /** Who relays and at which fee a note; absent when nobody relays for this link. */
  quote?: ClaimQuote;
  /** Where cancelled and expired payments go, if the portal tells. */
  treasury?: Address;
}

export function openNotes(context: Context): LinkNote[] {
  return context.link.notes.filter((_, i) => !context.redeemed[i]);
}

export function openAmount(context: Context): bigint {
  return openNotes(context).reduce((sum, note) => sum + note.amount, 0n);
}
