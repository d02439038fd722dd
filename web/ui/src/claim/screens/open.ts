import { fragmentOf, unwrapLink, WrongPassphraseError, type Link, type WrappedLink } from '../../protocol/link';
import { el, field, show } from '../dom';
import { badge } from './parts';

/** Asks for the passphrase of a wrapped link until it is right. */
export function askPassphrase(wrapped: WrappedLink): Promise<Link> {
  return new Promise((resolve, reject) => {
    const input = el('input', { type: 'password', autocomplete: 'off', required: true });
    const passphrase = field('Passphrase', input, 'The sender told it to you by another way, such as by phone.');
    const button = el('button', { class: 'primary' }, 'Open');
    const form = el('form', { novalidate: true }, passphrase.node, button);
    let busy = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (busy) {
        return;
      }
      if (!input.value) {
        passphrase.fail('Enter the passphrase.');
        return;
      }
      busy = true;
      passphrase.clear();
      button.textContent = 'Opening…';
      try {
        resolve(await unwrapLink(wrapped, input.value));
      } catch (e) {
        if (!(e instanceof WrongPassphraseError)) {
          reject(e);
          return;
        }
        passphrase.fail('This is not the passphrase of this link. Check capitals and spaces, or ask the sender.');
      } finally {
        busy = false;
        button.textContent = 'Open';
      }
    });
    show(el('section', { class: 'card' }, badge('lock', 'plain'),
      el('h1', {}, 'This payment is locked'),
      el('p', { class: 'lead' }, 'The sender protected it with a passphrase. It is checked here, in your browser, and sent to nobody.'), form));
    input.focus();
  });
}

/** Asks for a link when the page was opened without one. */
export function askLink(error?: string): Promise<string> {
  return new Promise((resolve) => {
    const input = el('textarea', { rows: 4, spellcheck: 'false', autocomplete: 'off' });
    const link = field('Payment link', input, 'It stays in this browser.');
    const form = el('form', { novalidate: true }, link.node, el('button', { class: 'primary' }, 'Open the payment'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const fragment = fragmentOf(input.value);
      if (fragment) {
        resolve(fragment);
      } else {
        link.fail('Paste the whole link that you were sent.');
      }
    });
    show(el('section', { class: 'card' }, badge('link', 'plain'),
      el('h1', {}, error ? 'This link cannot be read' : 'Open a payment link'),
      el('p', { class: 'lead' }, error ?? 'Paste the link that you were sent.'), form));
    input.focus();
  });
}
