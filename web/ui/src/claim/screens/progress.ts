import { formatAmount } from '../../shared/amounts';
import { el, icon, show } from '../dom';
import type { ClaimState } from '../portal';
import type { Paid, Pending } from '../session';
import { badge, fact, txLink } from './parts';

const STEPS = [
  { title: 'Signed in this browser', reached: () => true },
  { title: 'Taken by the payment service', reached: (s?: ClaimState) => s !== undefined },
  { title: 'Sent to the network', reached: (s?: ClaimState) => s !== undefined && s.state !== 'queued' },
  { title: 'Paid in a block', reached: (s?: ClaimState) => s?.state === 'mined' || s?.state === 'settled' },
];

/** Shows how far the claims are; call `update` on each news. */
export function showProgress(pending: Pending): { update(): void; note(text: string): void } {
  const amount = formatAmount(sumOf(pending), pending.decimals);
  const list = el('ol', { class: 'steps' });
  const bar = el('progress', { max: pending.claims.length * STEPS.length, value: 0, 'aria-label': 'Progress of the payment' });
  const note = el('p', { class: 'hint', role: 'status' });
  show(el('section', { class: 'card' },
    el('p', { class: 'eyebrow' }, 'On its way'),
    el('h1', { class: 'amount' }, `${amount} `, el('span', { class: 'symbol' }, pending.symbol)),
    el('p', { class: 'lead' }, 'to ', el('span', { class: 'mono wrap' }, pending.recipient)), bar, list, note));
  const update = () => {
    const reached = STEPS.map((step) => pending.claims.filter((claim) => step.reached(claim.state)).length);
    const total = pending.claims.length;
    const current = reached.findIndex((count) => count < total);
    bar.value = reached.reduce((sum, count) => sum + count, 0);
    list.replaceChildren(...STEPS.map((step, i) => {
      const done = reached[i] === total;
      return el('li', { class: done ? 'done' : i === current ? 'current' : '', 'aria-current': i === current ? 'step' : undefined },
        done ? icon('check') : el('span', { class: i === current ? 'dot turning' : 'dot' }),
        total > 1 && !done && i === current ? `${step.title} (${reached[i]} of ${total} parts)` : step.title);
    }));
  };
  update();
  return { update, note: (text) => (note.textContent = text) };
}

export function sumOf(pending: Pending): bigint {
  return pending.claims.reduce((sum, c) => sum + BigInt(c.request.amount) - BigInt(c.request.fee), 0n);
}

export interface Receipt {
  chainId: number;
  recipient: string;
  symbol: string;
  decimals: number;
  paid: Paid[];
  final: boolean;
}

export function showReceipt(receipt: Receipt): void {
  const total = receipt.paid.reduce((sum, p) => sum + p.amount, 0n);
  const hashes = [...new Set(receipt.paid.map((p) => p.txHash).filter((hash) => hash !== null))];
  show(el('section', { class: 'card receipt' }, badge('check', 'good'),
    el('p', { class: 'eyebrow' }, 'Paid'),
    el('h1', { class: 'amount' }, `${formatAmount(total, receipt.decimals)} `, el('span', { class: 'symbol' }, receipt.symbol)),
    el('p', { class: 'lead' }, receipt.final ? 'The payment is final.' : 'The money has arrived. It becomes final in a few minutes.'),
    el('dl', { class: 'facts' },
      fact('Paid to', el('span', { class: 'value mono' }, receipt.recipient), receipt.recipient),
      ...hashes.map((hash, i) => fact(hashes.length > 1 ? `Transaction ${i + 1}` : 'Transaction', txLink(receipt.chainId, hash), hash))),
    el('p', { class: 'hint' }, 'The link is used up. You can close this page.')));
}
