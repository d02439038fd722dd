import { PortalError } from './portal';

/** What is wrong, in a few words, and what to do about it. */
export interface Explanation {
  title: string;
  text: string;
  /** Whether trying the same again can help. */
  retry: boolean;
}

const BY_CODE: Record<string, Explanation> = {
  unreachable: {
    title: 'The payment service does not answer',
    text: 'Your money is safe in the escrow. Check your connection and try again, or send the transaction yourself.',
    retry: true,
  },
  link_unknown: {
    title: 'The payment service does not know this link',
    text: 'It may have been made by another service. You can still send the transaction yourself.',
    retry: false,
  },
  link_not_signed: {
    title: 'This payment is not ready yet',
    text: 'The sender has made the link, but its payment is still on its way. Try again later.',
    retry: true,
  },
  link_claimed: {
    title: 'This payment has been claimed',
    text: 'If that was not you, tell the sender at once.',
    retry: false,
  },
  link_cancelled: {
    title: 'The sender has taken this payment back',
    text: 'Ask the sender if you did not expect that.',
    retry: false,
  },
  link_expired: {
    title: 'This link has expired',
    text: 'Its payment went back to the sender. Ask for a new link.',
    retry: false,
  },
  claim_in_flight: {
    title: 'This link is being paid to another address',
    text: 'Someone with this link asked first. If that was you, wait for it; if not, tell the sender at once.',
    retry: false,
  },
  signature_invalid: {
    title: 'The escrow would not accept this link',
    text: 'A signature in it does not fit: the link was changed, or its signer is no longer trusted. Ask the sender for a new link.',
    retry: false,
  },
  voucher_mismatch: {
    title: 'This link does not fit its payment',
    text: 'It was changed on its way to you. Ask the sender to send it again.',
    retry: false,
  },
  chain_unavailable: {
    title: 'The network does not answer',
    text: 'Your money is safe in the escrow. Try again in a minute.',
    retry: true,
  },
  deadline_invalid: {
    title: 'Your device’s clock seems to be wrong',
    text: 'Set the date and time of your device and try again.',
    retry: true,
  },
  fee_too_low: {
    title: 'The fee has changed',
    text: 'Nothing was sent. Try again to see the new fee.',
    retry: true,
  },
  claim_would_fail: {
    title: 'The escrow would refuse this payment now',
    text: 'It may be paused, or the address cannot receive this money. Try another address, or try again later.',
    retry: true,
  },
};

export function explain(error: unknown): Explanation {
  if (error instanceof PortalError) {
    const known = BY_CODE[error.code];
    if (known) {
      return known;
    }
    if (error.status === 429) {
      return { title: 'Too many attempts', text: 'Wait a minute and try again. Your money is safe.', retry: true };
    }
    return { title: 'The payment service refused', text: `${error.message} (${error.code})`, retry: error.status >= 500 };
  }
  return { title: 'That did not work', text: error instanceof Error ? error.message : String(error), retry: true };
}
