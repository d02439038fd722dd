import { readAddress } from '../../shared/addresses';
import { formatAmount } from '../../shared/amounts';
import { networkOf } from '../../shared/networks';
import { connect, findWallet } from '../../shared/wallet';
import type { Address } from '../../protocol/viem';
import type { Context } from '../context';
import { el, field, icon, show } from '../dom';
import { canScan, scan } from '../scan';
import { openAmount, openNotes } from '../context';
import type { Wish } from '../relay';
import { askSpread } from './spread';
import { askWhen } from './when';

export interface Choice extends Wish {
  how: 'relay' | 'self';
}

/** Shows the payment and asks where it should go. */
export function askRecipient(context: Context, error?: string): Promise<Choice> {
  return new Promise((resolve) => {
    const amount = openAmount(context);
    const fee = context.quote ? BigInt(context.quote.fee) * BigInt(openNotes(context).length) : 0n;
    const text = (value: bigint) => `${formatAmount(value, context.token.decimals)} ${context.token.symbol}`;

    const input = el('input', {
      type: 'text', inputmode: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: '0x…', class: 'mono',
    });
    const address = field('Your address', input);
    input.addEventListener('input', address.clear);
    const spread = askSpread(openNotes(context).length);
    const when = askWhen(context.quote, () => spread.tell(when.seconds()));
    const one = el('div', {}, address.node, fillers(input, address.fail));
    spread.listen((isSpread) => {
      one.hidden = isSpread;
      when.suggest(isSpread);
    });
    if (error) {
      address.fail(error);
    }
    const choose = (how: Choice['how']) => {
      const recipients = spread.isSpread() ? spread.addresses() : read(input, address.fail);
      if (recipients) {
        resolve({ recipients, patience: how === 'self' ? 0 : when.seconds(), how });
      }
    };
    const form = el('form', { novalidate: true }, spread.node, one, spread.field,
      el('p', { class: 'tip' }, icon('shield'),
        el('span', {}, 'For privacy, use a fresh address that is not tied to you. Whoever sees the payment arrive can tell less if you wait a while before you claim or spend it.')),
      when.node,
      el('dl', { class: 'sums' },
        row('Fee', context.quote ? (fee === 0n ? 'none, the sender pays the gas' : text(fee)) : 'the gas of your own transaction'),
        row('You get', text(amount - fee), 'total')),
      el('button', { class: 'primary big' }, context.quote ? `Get ${text(amount - fee)}` : 'Prepare the transaction'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      choose(context.quote ? 'relay' : 'self');
    });
    show(el('section', { class: 'card pay' },
      el('p', { class: 'eyebrow' }, context.link.words?.payer ? `${context.link.words.payer} pays you` : 'A payment for you'),
      el('h1', { class: 'amount' }, formatAmount(amount, context.token.decimals), ' ', el('span', { class: 'symbol' }, context.token.symbol)),
      el('p', { class: 'state' }, el('span', { class: `pill ${context.checked ? 'good' : 'warn'}` }, context.checked ? 'Unclaimed' : 'Not checked'),
        ` on ${networkOf(context.link.chainId).name}`),
      said(context), partly(context, text), form), otherWays(context, () => choose('self')));
  });
}

function read(input: HTMLInputElement, fail: (message: string) => void): Address[] | undefined {
  try {
    return [readAddress(input.value)];
  } catch (e) {
    fail((e as Error).message);
    return undefined;
  }
}

/** Text of the link's maker, and nothing but text. */
function said(context: Context): HTMLElement | undefined {
  const { words } = context.link;
  return words?.message ? el('blockquote', { class: 'said', dir: 'auto' }, words.message, el('small', {}, 'Written by the sender of this link.')) : undefined;
}

function partly(context: Context, text: (value: bigint) => string): HTMLElement | undefined {
  const paid = context.link.notes.filter((_, i) => context.redeemed[i]);
  return paid.length === 0 ? undefined
    : el('p', { class: 'notice' }, `${text(paid.reduce((sum, n) => sum + n.amount, 0n))} of this link was paid already; this is the rest.`);
}

function row(name: string, value: string, kind = ''): HTMLElement {
  return el('div', { class: kind }, el('dt', {}, name), el('dd', {}, value));
}

function fillers(input: HTMLInputElement, fail: (message: string) => void): HTMLElement {
  const fill = (get: () => Promise<string>) => async () => {
    try {
      input.value = readAddress(await get());
      input.dispatchEvent(new Event('input'));
    } catch (e) {
      fail((e as Error).message);
    }
  };
  const wallet = findWallet();
  return el('div', { class: 'fillers' },
    wallet && el('button', { type: 'button', class: 'secondary', onclick: fill(() => connect(wallet)) }, 'Use my browser wallet'),
    canScan() && el('button', { type: 'button', class: 'secondary', onclick: fill(scan) }, 'Scan a QR code'));
}

function otherWays(context: Context, self: () => void): HTMLElement {
  return el('details', { class: 'card quiet-card' }, el('summary', {}, 'Other ways to get the money'),
    context.quote && el('p', {}, 'Send the transaction yourself: you pay the gas, and no service needs to know. ',
      el('button', { type: 'button', class: 'link', onclick: self }, 'Send it myself')),
    el('p', {}, 'Keep a copy: with your link and this page saved as a file, you can claim from any network node even if this site is gone. ',
      el('a', { href: '/claim/walnut-claim.html', download: 'walnut-claim.html' }, 'Save the page')));
}
