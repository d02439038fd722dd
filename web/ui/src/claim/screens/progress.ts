import { formatAmount } from '../../shared/amounts';
import { el, icon, show } from '../dom';
import { explain } from '../messages';
import type { ClaimState } from '../portal';
import type { Paid, Pending } from '../session';
import { badge, fact, txLink } from './parts';

const HELD = 'Held for its moment';

const STEPS = [
  { title: 'Signed in this browser', reached: () => true },
  { title: 'Taken by the payment service', reached: (s?: ClaimState) => s !== undefined },
  { title: HELD, reached: (s?: ClaimState) => s !== undefined && s.state !== 'scheduled' },
  { title: 'Sent to the network', reached: (s?: ClaimState) => s !== undefined && s.state !== 'queued' && s.state !== 'scheduled' },
  { title: 'Paid in a block', reached: (s?: ClaimState) => s?.state === 'mined' || s?.state === 'settled' },
];

/** Shows how far the claims are; call `update` on each news. @param payNow ends the waiting of held claims */
export function showProgress(pending: Pending, payNow: () => Promise<void>): { update(): void; note(text: string): void } {
  const steps = STEPS.filter((step) => pending.patience > 0 || step.title !== HELD);
  const amount = formatAmount(sumOf(pending), pending.decimals);
  const list = el('ol', { class: 'steps' });
  const bar = el('progress', { max: pending.claims.length * steps.length, value: 0, 'aria-label': 'Progress of the payment' });
  const note = el('p', { class: 'hint', role: 'status' });
  const held = heldNote(pending, payNow);
  const eyebrow = el('p', { class: 'eyebrow' }, 'On its way');
  show(el('section', { class: 'card' }, eyebrow,
    el('h1', { class: 'amount' }, `${amount} `, el('span', { class: 'symbol' }, pending.symbol)),
    el('p', { class: 'lead' }, 'to ', ...pending.recipients.map((r) => el('span', { class: 'mono wrap block' }, r))), held.node, bar, list, note));
  const update = () => {
    held.update();
    eyebrow.textContent = held.node.hidden ? 'On its way' : 'Scheduled';
    const reached = steps.map((step) => pending.claims.filter((claim) => step.reached(claim.state)).length);
    const total = pending.claims.length;
    const current = reached.findIndex((count) => count < total);
    bar.value = reached.reduce((sum, count) => sum + count, 0);
    list.replaceChildren(...steps.map((step, i) => {
      const done = reached[i] === total;
      return el('li', { class: done ? 'done' : i === current ? 'current' : '', 'aria-current': i === current ? 'step' : undefined },
        done ? icon('check') : el('span', { class: i === current ? 'dot turning' : 'dot' }),
        total > 1 && !done && i === current ? `${step.title} (${reached[i]} of ${total} parts)` : step.title);
    }));
  };
  update();
  return { update, note: (text) => (note.textContent = text) };
}

/** Until when claims are held, and the way to have them paid at once. */
function heldNote(pending: Pending, payNow: () => Promise<void>): { node: HTMLElement; update(): void } {
  const text = el('p', {});
  const button = el('button', { type: 'button', class: 'secondary' }, 'Pay it now instead');
  const node = el('div', { class: 'held' }, text, button);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await payNow();
      node.hidden = true;
    } catch (e) {
      text.textContent = `${explain(e).text} It stays scheduled.`;
      button.disabled = false;
    }
  });
  const update = () => {
    const times = pending.claims.filter((c) => c.state?.state === 'scheduled').map((c) => Date.parse(c.state!.pay_by ?? ''));
    node.hidden = times.length === 0;
    const last = Math.max(...times);
    text.textContent = `${times.length > 1 ? `The ${times.length} parts are paid at random moments` : 'It is paid at a random moment'}${Number.isNaN(last) ? '' : `, by ${new Date(last).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })} at the latest`}. You may close this page: nothing more is needed of you.`;
  };
  return { node, update };
}

export function sumOf(pending: Pending): bigint {
  return pending.claims.reduce((sum, c) => sum + BigInt(c.request.amount) - BigInt(c.request.fee), 0n);
}

export interface Receipt {
  chainId: number;
  recipients: string[];
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
      ...receipt.recipients.map((r) => fact('Paid to', el('span', { class: 'value mono' }, r), r)),
      ...hashes.map((hash, i) => fact(hashes.length > 1 ? `Transaction ${i + 1}` : 'Transaction', txLink(receipt.chainId, hash), hash))),
    el('p', { class: 'hint' }, 'The link is used up. You can close this page.')));
}
