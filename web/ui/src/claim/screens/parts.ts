import { networkOf } from '../../shared/networks';
import { copyButton, el, icon, show, type IconName } from '../dom';

/** A row of a list of facts; `copy` makes the value copyable. */
export function fact(name: string, value: string | Node, copy?: string): HTMLElement {
  return el('div', { class: 'fact' }, el('dt', {}, name),
    el('dd', {}, typeof value === 'string' ? el('span', { class: 'value' }, value) : value, copy !== undefined && copyButton(copy, name)));
}

export function txLink(chainId: number, hash: string): HTMLElement {
  const explorer = networkOf(chainId).explorer;
  return explorer
    ? el('a', { href: `${explorer}/tx/${hash}`, target: '_blank', rel: 'noopener noreferrer', class: 'value mono' }, hash)
    : el('span', { class: 'value mono' }, hash);
}

export interface Action {
  label: string;
  run: () => void;
}

/** A screen that says what is wrong and what can be done. */
export function problem(title: string, text: string, actions: Action[] = [], ...more: HTMLElement[]): void {
  show(el('section', { class: 'card', role: 'alert' },
    badge('alert', 'warn'),
    el('h1', {}, title), el('p', { class: 'lead' }, text), ...more,
    actions.length > 0 && el('div', { class: 'actions' },
      ...actions.map((a, i) => el('button', { type: 'button', class: i === 0 ? 'primary' : 'secondary', onclick: a.run }, a.label)))));
}

export function badge(name: IconName, kind: 'good' | 'warn' | 'plain'): HTMLElement {
  return el('div', { class: `badge ${kind}` }, icon(name));
}

export function waiting(title: string, text?: string): void {
  show(el('section', { class: 'card', 'aria-busy': 'true' }, el('div', { class: 'spinner', 'aria-hidden': 'true' }),
    el('h1', { class: 'small' }, title), text !== undefined && el('p', { class: 'lead' }, text)));
}
