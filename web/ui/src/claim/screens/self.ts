import type { Hex } from '../../protocol/viem';
import { claimCall, exitCall, NATIVE, signClaim, type Payout } from '../../protocol/escrow';
import type { LinkNote } from '../../protocol/link';
import { formatAmount } from '../../shared/amounts';
import { networkOf } from '../../shared/networks';
import { connect, ensureChain, findWallet, send } from '../../shared/wallet';
import { waitForReceipt } from '../chain';
import { openNotes, type Context } from '../context';
import { recipientOf, type Wish } from '../relay';
import { el, show } from '../dom';
import { fact } from './parts';

/** A self-sent claim may lie in a drawer for a while: it is good for 30 days. */
const DEADLINE_SECONDS = 30 * 24 * 3600;

/** Builds the transactions that pay the link to an address, to be sent by whoever pays their gas. */
export function showSelfSend(context: Context, wish: Wish, done: (hashes: Hex[]) => void, back: () => void): void {
  const notes = openNotes(context);
  const deadline = BigInt(Math.floor(Date.now() / 1000) + DEADLINE_SECONDS);
  const payouts = notes.map((_, i): Payout => ({ recipient: recipientOf(wish, i), relayer: NATIVE, fee: 0n, deadline }));
  const network = networkOf(context.link.chainId);
  const byExit = el('input', { type: 'checkbox', id: 'by-exit' });
  const transactions = el('div', { class: 'transactions' });
  const build = () => transactions.replaceChildren(...notes.map((note, i) =>
    transaction(context, i, notes.length, callOf(context, note, payouts[i]!, byExit.checked))));
  byExit.addEventListener('change', build);
  build();
  show(el('section', { class: 'card' },
    el('p', { class: 'eyebrow' }, 'Send it yourself'),
    el('h1', { class: 'small' }, notes.length === 1 ? 'One transaction pays you' : `${notes.length} transactions pay you`),
    el('p', { class: 'lead' }, `Signed for ${wish.recipients.join(', ')}; nobody can change that. Any account may send it on ${network.name} (chain ${context.link.chainId}) and pays the gas.`),
    context.link.deposit && el('p', { class: 'check' }, byExit,
      el('label', { for: 'by-exit' }, ' Without the enclave’s voucher: works even if the escrow is paused, but shows on chain which deposit paid you.')),
    sender(context, notes, payouts, byExit, done),
    transactions,
    el('div', { class: 'actions' }, el('button', { type: 'button', class: 'secondary', onclick: back }, 'Back'))));
}

function callOf(context: Context, note: LinkNote, payout: Payout, exit: boolean): Hex {
  const signature = signClaim(context.link, note, payout);
  return exit ? exitCall(context.link, note, payout, signature) : claimCall(context.link, note, payout, signature);
}

function transaction(context: Context, index: number, count: number, data: Hex): HTMLElement {
  return el('details', { open: count === 1 }, el('summary', {}, count === 1 ? 'The transaction' : `Transaction ${index + 1} of ${count}`),
    el('dl', { class: 'facts' },
      fact('To', el('span', { class: 'value mono' }, context.link.escrow), context.link.escrow),
      fact('Value', '0'),
      fact('Data', el('textarea', { class: 'mono', readonly: true, rows: 4, 'aria-label': 'Data' }, data), data)));
}

function sender(context: Context, notes: LinkNote[], payouts: Payout[], byExit: HTMLInputElement, done: (hashes: Hex[]) => void): HTMLElement {
  const wallet = findWallet();
  if (!wallet) {
    return el('p', { class: 'hint' }, 'No wallet was found in this browser. Copy the transaction into any wallet that can send data.');
  }
  const status = el('p', { class: 'hint', role: 'status' });
  const button = el('button', { type: 'button', class: 'primary big' }, 'Send with my browser wallet');
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const from = await connect(wallet);
      await ensureChain(wallet, context.link.chainId);
      const hashes: Hex[] = [];
      for (const [i, note] of notes.entries()) {
        status.textContent = notes.length === 1 ? 'Confirm in your wallet…' : `Confirm transaction ${i + 1} of ${notes.length} in your wallet…`;
        const data = callOf(context, note, payouts[i]!, byExit.checked);
        const hash = await send(wallet, from, { to: context.link.escrow, data, value: 0n });
        status.textContent = `Waiting for the network to include ${formatAmount(note.amount, context.token.decimals)} ${context.token.symbol}…`;
        if (!(await waitForReceipt((method, params) => wallet.request({ method, params }), hash))) {
          throw new Error('The escrow refused the transaction: the link may have been paid already. Reload the page to see.');
        }
        hashes.push(hash);
      }
      done(hashes);
    } catch (e) {
      status.textContent = (e as Error).message;
      button.disabled = false;
    }
  });
  return el('div', { class: 'sender' }, button, status, copyHint());
}

function copyHint(): HTMLElement {
  return el('p', { class: 'hint' }, 'Or copy the transaction below into another wallet.');
}

