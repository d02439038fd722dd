type Child = Node | string | undefined | false;
type Props = Record<string, string | number | boolean | ((event: Event) => void) | undefined>;

/** Makes an element: `on…` functions listen, `true` sets an empty attribute, false and undefined set none. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') {
      node.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.filter((c): c is Node | string => c !== undefined && c !== false));
  return node;
}

const ICON_PATHS = {
  check: 'M4 12.5l5 5L20 6.5',
  alert: 'M12 8v5m0 3.5v.01M12 3l9.5 17h-19z',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 110 18 9 9 0 010-18z',
  lock: 'M7 11V8a5 5 0 0110 0v3M5 11h14v10H5z',
  link: 'M10 14a4 4 0 006 .5l3-3a4 4 0 00-6-6L11.500 7M14 10a4 4 0 00-6-.5l-3 3a4 4 0 006 6L12.500 17',
  shield: 'M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6z',
} as const;

export type IconName = keyof typeof ICON_PATHS;

/** A decorative icon; the text beside it says the same. */
export function icon(name: IconName): SVGSVGElement {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', ICON_PATHS[name]);
  svg.append(path);
  return svg;
}

/** Puts a screen in place of the last one and moves the focus to its heading. */
export function show(...children: Child[]): void {
  const main = document.querySelector('main')!;
  main.replaceChildren(...children.filter((c): c is Node | string => c !== undefined && c !== false));
  const heading = main.querySelector<HTMLElement>('h1');
  if (heading) {
    document.title = `${heading.textContent} – Walnut`;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  window.scrollTo(0, 0);
}

/** A button that copies a text and says so. */
export function copyButton(text: string, what: string): HTMLButtonElement {
  const button = el('button', { type: 'button', class: 'quiet', 'aria-label': `Copy ${what}` }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Select and copy by hand';
    }
    setTimeout(() => (button.textContent = 'Copy'), 2500);
  });
  return button;
}

/** A label, its field, a hint, and a place for what is wrong with it. */
export function field(label: string, input: HTMLInputElement | HTMLTextAreaElement, hint?: string) {
  input.id ||= label.toLowerCase().replaceAll(/\W+/g, '-');
  const error = el('p', { class: 'field-error', id: `${input.id}-error`, role: 'alert' });
  const help = hint ? el('p', { class: 'hint', id: `${input.id}-hint` }, hint) : undefined;
  input.setAttribute('aria-describedby', `${hint ? `${input.id}-hint ` : ''}${error.id}`);
  const node = el('div', { class: 'field' }, el('label', { for: input.id }, label), input, help, error);
  return {
    node,
    fail(message: string) {
      error.textContent = message;
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    },
    clear() {
      error.textContent = '';
      input.removeAttribute('aria-invalid');
    },
  };
}
