/** The one dialog, and blocks of code that can be copied. */

import { byId, button, el } from './dom.js';

/** Opens the dialog with a title and elements. */
export function open(title, ...content) {
  byId('dialog-title').textContent = title;
  byId('dialog-body').replaceChildren(...content);
  if (!byId('dialog').open) {
    byId('dialog').showModal();
  }
}

export function close() {
  byId('dialog').close();
}

/** A block of text to copy; it can be scrolled by keyboard. */
export function code(text, name = 'text') {
  const copy = button('copy', async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = 'copied';
    } catch {
      // a page from another machine may not use the clipboard: the text is selected instead
      getSelection().selectAllChildren(block);
      copy.textContent = 'press Ctrl-C';
    }
  });
  const block = el('pre', { tabindex: '0', role: 'group', 'aria-label': name }, text);
  return el('div', { class: 'code' }, block, copy);
}

/** Quotes a text for a POSIX shell. */
export function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
