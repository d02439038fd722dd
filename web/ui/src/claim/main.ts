import './claim.css';
import { LinkFormatError } from '../protocol/bytes';
import { isWrapped, parseLink, type Link } from '../protocol/link';
import type { Hex } from '../protocol/viem';
import { formatAmount } from '../shared/amounts';
import { discoverWallets, findWallet } from '../shared/wallet';
import { readPayment, type Payment } from './chain';
import { openAmount, openNotes, type Context } from './context';
import { el } from './dom';
import { loadFromNode, loadFromPortal, loadUnchecked, WrongNetworkError } from './load';
import { explain } from './messages';
import { ClaimFailedError, isPaid, payNow, relay, signClaims, type Wish } from './relay';
import { askNode } from './screens/node';
import { askLink, askPassphrase } from './screens/open';
import { fact, problem, txLink, waiting, type Action } from './screens/parts';
import { askRecipient } from './screens/pay';
import { showProgress, showReceipt, sumOf } from './screens/progress';
import { showSelfSend } from './screens/self';
import { forget, forgetFragment, keepFragment, loadPending, takeFragment, type Pending } from './session';

/** True in the page that is saved as a file and works without a portal. */
declare const STANDALONE: boolean;

async function start(): Promise<void> {
  const fragment = takeFragment();
  const pending = loadPending();
  if (pending) {
    await follow(pending);
    return;
  }
  await open(fragment ?? (await askLink()));
}

async function open(fragment: string): Promise<void> {
  let link: Link;
  try {
    const parsed = parseLink(fragment);
    keepFragment(fragment);
    link = isWrapped(parsed) ? await askPassphrase(parsed) : parsed;
  } catch (e) {
    if (!(e instanceof LinkFormatError)) {
      throw e;
    }
    forget();
    await open(await askLink(e.message));
    return;
  }
  await look(link);
}

/** Finds out the state of the link. */
async function look(link: Link): Promise<void> {
  waiting('Looking at your payment…');
  try {
    await offer(STANDALONE ? await askNode(link) : await loadFromPortal(link));
  } catch (e) {
    const { title, text } = e instanceof WrongNetworkError ? { title: 'This link is for another network', text: e.message } : explain(e);
    const wallet = findWallet();
    const actions: Action[] = [{ label: 'Try again', run: () => go(() => look(link)) }];
    if (wallet) {
      actions.push({
        label: 'Look it up with my browser wallet',
        run: () => go(async () => offer(await loadFromNode(link, (method, params) => wallet.request({ method, params })))),
      });
    }
    actions.push({ label: 'Send the transaction myself', run: () => go(() => offer(loadUnchecked(link))) });
    problem(title, text, actions);
  }
}

async function offer(context: Context, error?: string): Promise<void> {
  if (openNotes(context).length === 0) {
    await showUsed(context);
    return;
  }
  if (context.quote && openNotes(context).some((note) => note.amount <= BigInt(context.quote!.fee))) {
    context = { ...context, quote: undefined };
  }
  const { how, ...wish } = await askRecipient(context, error);
  if (how === 'self') {
    showSelfSend(context, wish, (hashes) => finishSelf(context, wish, hashes), () => go(() => offer(context)));
    return;
  }
  await follow(signClaims(context, wish), context);
}

/** Hands claims to the relayer, or goes on following them after a reload. */
async function follow(pending: Pending, context?: Context): Promise<void> {
  const progress = showProgress(pending, () => payNow(pending));
  try {
    await relay(pending, progress.update, progress.note);
  } catch (e) {
    showFailure(e, pending, context);
    return;
  }
  forgetFragment();
  showReceipt({
    ...pending,
    paid: pending.claims.map((c) => ({ amount: BigInt(c.request.amount) - BigInt(c.request.fee), txHash: c.state!.tx_hash })),
    final: pending.claims.every((c) => c.state!.state === 'settled'),
  });
}

function showFailure(error: unknown, pending: Pending, context?: Context): void {
  const paidElsewhere = error instanceof ClaimFailedError && error.state.state !== 'failed';
  const { title, text, retry } = paidElsewhere
    ? { title: 'This link has been used', text: `It was paid to ${error.state.recipient}. If that is not you, tell the sender at once.`, retry: false }
    : error instanceof ClaimFailedError
      ? { title: 'The payment did not go through', text: `${error.message} Your money is still in the escrow unless the link was used elsewhere.`, retry: false }
      : explain(error);
  const someTaken = pending.claims.some((claim) => claim.state && claim.state.state !== 'failed');
  const actions: Action[] = [];
  if (retry) {
    actions.push({ label: 'Try again', run: () => go(() => follow(pending, context)) });
  }
  if (!someTaken || !retry) {
    actions.push({ label: 'Look at the payment again', run: restart });
  }
  const paid = pending.claims.filter(isPaid);
  problem(title, text, actions, ...(paid.length > 0 && !paidElsewhere
    ? [el('p', { class: 'notice' }, `${formatAmount(sumOf({ ...pending, claims: paid }), pending.decimals)} ${pending.symbol} has been paid already.`)] : []));
}

/** Forgets the claim that failed, keeps the link, and reads its state anew. */
function restart(): void {
  const fragment = takeFragment();
  forget();
  go(async () => open(fragment ?? (await askLink())));
}

function finishSelf(context: Context, wish: Wish, hashes: Hex[]): void {
  forget();
  const paid = [{ amount: openAmount(context), txHash: hashes[0]! }, ...hashes.slice(1).map((txHash) => ({ amount: 0n, txHash }))];
  showReceipt({ chainId: context.link.chainId, recipients: wish.recipients, ...context.token, paid, final: false });
}

async function showUsed(context: Context): Promise<void> {
  const payments = context.request
    ? await Promise.all(context.link.notes.map((note) => readPayment(context.request!, context.link, note.linkKey)))
    : [];
  const payment = payments.find((p) => p !== undefined);
  forget();
  const facts = payment ? [usedFacts(context, payment)] : [];
  if (payment && payment.recipient.toLowerCase() === context.treasury?.toLowerCase()) {
    problem('The sender took this payment back', 'It was cancelled, or nobody claimed it before it expired. Ask the sender for a new link.', [], ...facts);
  } else {
    problem('This link has been used', 'Its money was paid out. If it was not to you, tell the sender: somebody else had the link, or the payment was taken back.', [], ...facts);
  }
}

function usedFacts(context: Context, payment: Payment): HTMLElement {
  return el('dl', { class: 'facts' },
    fact('Paid to', el('span', { class: 'value mono' }, payment.recipient), payment.recipient),
    fact('Transaction', txLink(context.link.chainId, payment.txHash), payment.txHash));
}

function go(step: () => Promise<void>): void {
  step().catch((e: unknown) => {
    const { title, text } = explain(e);
    problem(title, text, [{ label: 'Start again', run: () => go(start) }]);
  });
}

discoverWallets();
window.addEventListener('hashchange', () => location.hash.length > 1 && go(start));
go(start);
