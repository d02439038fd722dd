import type { Link } from '../../protocol/link';
import { networkOf } from '../../shared/networks';
import { findWallet } from '../../shared/wallet';
import { nodeAt } from '../chain';
import { type Context } from '../context';
import { el, field, show } from '../dom';
import { loadFromNode, loadUnchecked } from '../load';

/** Asks the recipient how to read the chain: a node, a wallet, or not at all. */
export function askNode(link: Link): Promise<Context> {
  return new Promise((resolve) => {
    const network = networkOf(link.chainId);
    const input = el('input', { type: 'url', placeholder: 'https://…', autocomplete: 'off', spellcheck: 'false' });
    const node = field(`Address of a ${network.name} node`, input,
      'Any JSON-RPC address that answers web pages. It learns which payment you look at, but cannot take it.');
    const load = async (open: () => Promise<Context>) => {
      node.clear();
      try {
        resolve(await open());
      } catch (e) {
        node.fail((e as Error).message);
      }
    };
    const form = el('form', { novalidate: true }, node.node, el('button', { class: 'primary' }, 'Look at the payment'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (URL.canParse(input.value.trim())) {
        void load(() => loadFromNode(link, nodeAt(input.value.trim())));
      } else {
        node.fail('Enter an address that starts with https://');
      }
    });
    const wallet = findWallet();
    show(el('section', { class: 'card' },
      el('h1', {}, `A payment on ${network.name}`),
      el('p', { class: 'lead' }, 'This page works alone. Choose how it should look up whether the payment is still there.'), form,
      el('div', { class: 'actions' },
        wallet && el('button', {
          type: 'button', class: 'secondary',
          onclick: () => void load(() => loadFromNode(link, (method, params) => wallet.request({ method, params }))),
        }, 'Use my browser wallet'),
        el('button', { type: 'button', class: 'secondary', onclick: () => resolve(loadUnchecked(link)) }, 'Do not look it up'))));
    input.focus();
  });
}
