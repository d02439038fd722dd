import '../claim/claim.css';
import { nodeAt, readToken } from '../claim/chain';
import { el, field, icon, show } from '../claim/dom';
import { badge, fact, txLink } from '../claim/screens/parts';
import { readAddress } from '../shared/addresses';
import { formatAmount } from '../shared/amounts';
import { networkOf } from '../shared/networks';
import { readReceipt, ReceiptRefused, STEPS, type Receipt, type Step } from './receipt';
import { verify, type Expected, type Proven } from './verify';

const MEANINGS: Record<Step, string> = {
  FORMAT: 'The file is a receipt',
  SIGNATURE: 'Its signer signed exactly this',
  NOTES: 'Its notes belong to the deposit',
  CHAIN: 'The node is on the receipt’s network',
  DEPOSIT: 'The escrow holds the deposit',
  SIGNER: 'The signer is the one who paid in',
  REDEMPTION: 'The payments were made, or not, as it says',
  FINALITY: 'All of it is final',
};

interface Question {
  text: string;
  node: string;
  expected: Expected;
}

let last: { node: string; escrow: string; signer: string; depth: string } = { node: '', escrow: '', signer: '', depth: '' };

/** Asks for a receipt and for what the auditor knows besides. */
function ask(): Promise<Question> {
  return new Promise((resolve) => {
    let text: string | undefined;
    const file = el('input', { type: 'file', accept: '.json,application/json', required: true });
    const receipt = field('Receipt', file, 'The file that the company gave you. You can also drop it anywhere on this page.');
    const node = field('Node', input('url', 'https://…', last.node), 'A JSON-RPC address of the network that you trust. It is asked about the receipt’s transactions, and sees nothing else of it.');
    const escrow = field('Expected escrow (optional)', input('text', '0x…', last.escrow), 'If you know which contract is Walnut’s, nobody can show you a false one.');
    const signer = field('Announced key (optional)', input('text', '0x…', last.signer), 'If the company signs receipts with another key than the one that paid in.');
    const depth = field('Final after so many blocks (optional)', input('number', '', last.depth), 'Empty: ask the chain.');
    const take = async (chosen: File | undefined) => {
      receipt.clear();
      text = await chosen?.text();
    };
    file.addEventListener('change', () => void take(file.files?.[0]));
    const form = el('form', { novalidate: true }, receipt.node, node.node,
      el('details', {}, el('summary', {}, 'What you know besides'), escrow.node, signer.node, depth.node),
      el('div', { class: 'actions' }, el('button', { class: 'primary big' }, 'Check the receipt')));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const value = (of: HTMLElement) => of.querySelector('input')!.value.trim();
      last = { node: value(node.node), escrow: value(escrow.node), signer: value(signer.node), depth: value(depth.node) };
      const address = (of: typeof escrow, typed: string) => {
        try {
          of.clear();
          return typed === '' ? undefined : readAddress(typed);
        } catch (e) {
          of.fail((e as Error).message);
          throw e;
        }
      };
      text ??= await file.files?.[0]?.text();
      if (text === undefined) {
        receipt.fail('Choose the receipt’s file.');
      } else if (!URL.canParse(last.node) || !/^https?:/.test(last.node)) {
        node.fail('Enter an address that starts with https://');
      } else {
        try {
          resolve({ text, node: last.node, expected: {
            escrow: address(escrow, last.escrow), signer: address(signer, last.signer), depth: last.depth === '' ? undefined : Math.max(0, Number(last.depth)),
          } });
        } catch {
          // The field says what is wrong with it.
        }
      }
    });
    document.ondragover = (event) => event.preventDefault();
    document.ondrop = (event) => {
      event.preventDefault();
      if (event.dataTransfer?.files.length) {
        file.files = event.dataTransfer.files;
        void take(file.files[0]);
      }
    };
    show(el('section', { class: 'card' }, badge('shield', 'plain'), el('h1', {}, 'Check a receipt'),
      el('p', { class: 'lead' }, 'Whether a company really made a payment, proved against the chain itself. The company’s servers are not asked.'), form));
  });
}

function input(type: string, placeholder: string, value: string): HTMLInputElement {
  const node = el('input', { type, placeholder, autocomplete: 'off', spellcheck: 'false', ...(type === 'number' && { min: 0 }) });
  node.value = value;
  return node;
}

async function check(question: Question): Promise<void> {
  const held: Step[] = [];
  const list = el('ol', { class: 'steps' });
  const draw = (failed?: Step) => list.replaceChildren(...STEPS.map((step, i) => el('li',
    { class: held.includes(step) ? 'done' : step === failed ? 'failed' : i === held.length && !failed ? 'current' : '' },
    held.includes(step) ? icon('check') : step === failed ? icon('alert') : el('span', { class: i === held.length && !failed ? 'dot turning' : 'dot' }),
    el('span', {}, MEANINGS[step], ' ', el('small', { class: 'mono' }, step)))));
  draw();
  show(el('section', { class: 'card', 'aria-busy': 'true' }, el('h1', { class: 'small' }, 'Checking…'), list));
  const request = nodeAt(question.node);
  try {
    const receipt = readReceipt(question.text);
    const proven = await verify(receipt, request, question.expected, (step) => {
      held.push(step);
      draw();
    });
    const token = await readToken(request, { chainId: Number(receipt.chainId), token: receipt.token }).catch(() => ({ symbol: 'smallest units', decimals: 0 }));
    showProven(receipt, proven, token, list);
  } catch (e) {
    const refused = e instanceof ReceiptRefused ? e : undefined;
    draw(refused?.step);
    show(el('section', { class: 'card', role: 'alert' }, badge('alert', 'warn'),
      el('h1', {}, refused ? 'This receipt proves nothing' : 'The receipt could not be checked'),
      el('p', { class: 'lead' }, refused ? `It fails at ${refused.step}: ${refused.message}` : `${(e as Error).message} This says nothing about the receipt.`),
      refused && list, again()));
  }
}

function showProven(receipt: Receipt, proven: Proven, token: { symbol: string; decimals: number }, list: HTMLElement): void {
  const text = (value: bigint) => `${formatAmount(value, token.decimals)} ${token.symbol}`;
  const chainId = Number(receipt.chainId);
  const total = receipt.notes.reduce((sum, note) => sum + note.amount, 0n);
  const paid = proven.payouts.filter((p) => p.recipient);
  const open = proven.payouts.filter((p) => !p.recipient).reduce((sum, p) => sum + p.note.amount, 0n);
  const returned = paid.length > 0 && paid.every((p) => p.recipient!.toLowerCase() === proven.depositor.toLowerCase());
  show(el('section', { class: 'card' }, badge('check', 'good'),
    el('p', { class: 'eyebrow' }, 'The receipt holds'),
    el('h1', { class: 'amount' }, formatAmount(total, token.decimals), ' ', el('span', { class: 'symbol' }, token.symbol)),
    el('p', { class: 'lead' }, returned ? 'The money went back to where it came from.' : open === total ? 'The money is in the escrow and has not been claimed yet.'
      : open > 0n ? `${text(open)} of it have not been claimed yet.` : `Paid on ${networkOf(chainId).name}.`),
    el('dl', { class: 'facts' },
      receipt.reference !== '' && fact('Reference, in the company’s words', el('span', { class: 'value', dir: 'auto' }, receipt.reference)),
      fact('Issued', new Date(Number(receipt.issuedAt) * 1000).toUTCString()),
      fact('Paid in by', el('span', { class: 'value mono' }, proven.depositor), proven.depositor),
      fact('Deposit', txLink(chainId, receipt.deposit.transaction), receipt.deposit.transaction),
      fact('Escrow', el('span', { class: 'value mono' }, receipt.escrow), receipt.escrow),
      ...proven.payouts.flatMap((p) => [
        fact(p.recipient ? `${text(p.note.amount)}${p.exited ? ', without the enclave,' : ''} to` : text(p.note.amount), el('span', { class: 'value mono' }, p.recipient ?? 'not claimed yet'), p.recipient),
        p.note.redemption && fact('by', txLink(chainId, p.note.redemption), p.note.redemption),
      ])),
    el('details', {}, el('summary', {}, 'What was checked'), list), again()));
}

function again(): HTMLElement {
  return el('div', { class: 'actions' }, el('button', { type: 'button', class: 'secondary', onclick: () => void run() }, 'Check another receipt'));
}

async function run(): Promise<void> {
  await check(await ask());
}

void run();
