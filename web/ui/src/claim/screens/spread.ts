import type { Address } from '../../protocol/viem';
import { readAddress } from '../../shared/addresses';
import { el, field } from '../dom';

export interface Spread {
  /** The choice, and what follows from it; undefined for a link of one part. */
  node: HTMLElement | undefined;
  /** Where the addresses are entered. */
  field: HTMLElement | undefined;
  isSpread(): boolean;
  /** The addresses, or undefined when one of them is wrong, which the field then says. */
  addresses(): Address[] | undefined;
  /** Says what follows from the choices. @param seconds how long the parts may wait */
  tell(seconds: number): void;
  listen(changed: (isSpread: boolean) => void): void;
}

/** Asks how the parts of a payment are to be paid: together, or spread over time and addresses. */
export function askSpread(parts: number): Spread {
  if (parts < 2) {
    return { node: undefined, field: undefined, isSpread: () => false, addresses: () => [], tell: () => undefined, listen: (changed) => changed(false) };
  }
  const together = radio('together', `All ${parts} parts together`, true);
  const apart = radio('apart', 'Spread over time and addresses', false);
  const input = el('textarea', { rows: Math.min(parts, 5), spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', placeholder: '0x…\n0x…', class: 'mono' });
  const several = field('Your addresses', input, `One a line, at most ${parts}. The ${parts} parts are shared out among them in turn.`);
  several.node.hidden = true;
  const consequence = el('p', { class: 'hint', role: 'status' });
  const node = el('fieldset', { class: 'choices' }, el('legend', {}, `This payment comes in ${parts} parts`), together.node, apart.node, consequence);
  const isSpread = () => apart.input.checked;
  const typed = () => input.value.split(/[\s,;]+/).filter((text) => text !== '');
  let patience = 0;
  const tell = () => (consequence.textContent = consequenceOf(isSpread(), typed().length, patience));
  const listeners: ((isSpread: boolean) => void)[] = [];
  const changed = () => {
    several.node.hidden = !isSpread();
    listeners.forEach((listener) => listener(isSpread()));
    tell();
  };
  together.input.addEventListener('change', changed);
  apart.input.addEventListener('change', changed);
  input.addEventListener('input', () => {
    several.clear();
    tell();
  });
  return {
    node, field: several.node, isSpread,
    addresses() {
      try {
        return check(typed(), parts);
      } catch (e) {
        several.fail((e as Error).message);
        return undefined;
      }
    },
    tell(seconds) {
      patience = seconds;
      tell();
    },
    listen(listener) {
      listeners.push(listener);
      changed();
    },
  };
}

/** What an outsider can do, in one sentence. */
function consequenceOf(isSpread: boolean, addresses: number, patience: number): string {
  if (!isSpread || addresses < 2) {
    return isSpread && patience > 0
      ? 'The parts arrive at different times but at one address, so whoever looks at it can add them up.'
      : 'The parts arrive at one address at the same time, so whoever looks at it can add them up.';
  }
  return patience > 0
    ? 'The parts arrive at different addresses and times, and nothing on the chain ties them together, as long as you do not bring them together later.'
    : 'The parts arrive at different addresses but within the same minutes, so their timing ties them together.';
}

function check(typed: string[], parts: number): Address[] {
  const addresses = (typed.length === 0 ? [''] : typed).map(readAddress);
  if (new Set(addresses).size < addresses.length) {
    throw new Error('The same address stands here twice. Enter each once.');
  }
  if (addresses.length > parts) {
    throw new Error(`There are ${parts} parts to share out. Enter at most ${parts} addresses.`);
  }
  return addresses;
}

function radio(value: string, text: string, checked: boolean): { node: HTMLElement; input: HTMLInputElement } {
  const input = el('input', { type: 'radio', name: 'spread', value, id: `spread-${value}`, checked });
  return { node: el('p', { class: 'check' }, input, el('label', { for: input.id }, text)), input };
}
