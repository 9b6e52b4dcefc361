/** Explains words in place, on hover and on keyboard focus. The texts are in index.html. */

import { byId, el } from './dom.js';

let tip = null;

/** A word with its explanation; label = how it reads here. */
export function word(key, label = null) {
  const text = label ?? byId(`word-${key}`).previousElementSibling.textContent;
  const element = el('button', { type: 'button', class: 'word', 'aria-describedby': `word-${key}` }, text);
  element.addEventListener('mouseenter', () => show(element, key));
  element.addEventListener('focus', () => show(element, key));
  element.addEventListener('click', () => show(element, key));
  element.addEventListener('mouseleave', hideSoon);
  element.addEventListener('blur', hideSoon);
  return element;
}

/** Replaces the elements of the page that name a word by that word. */
export function explainPage() {
  for (const place of document.querySelectorAll('[data-word]')) {
    place.replaceChildren(word(place.dataset.word, place.textContent.trim() || '?'));
  }
  for (const meaning of document.querySelectorAll('dd[data-concept]')) {
    meaning.append(' ', link(meaning));
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      leave();
    }
  });
  document.addEventListener('scroll', () => tip && place(tip), { passive: true, capture: true });
}

function link(meaning) {
  const text = encodeURIComponent(meaning.dataset.concept);
  return el('a', { href: `/page/CONCEPTS.md#:~:text=${text}`, target: '_blank', rel: 'noopener' }, 'more');
}

function show(element, key) {
  hide();
  const meaning = byId(`word-${key}`).cloneNode(true);
  tip = el('span', { class: 'tip' }, [...meaning.childNodes]);
  tip.addEventListener('mouseenter', () => clearTimeout(tip?.hiding));
  tip.addEventListener('mouseleave', hideSoon);
  tip.addEventListener('focusout', hideSoon);
  tip.addEventListener('focusin', () => clearTimeout(tip?.hiding));
  // beside the word, so that Tab goes into it
  element.after(tip);
  place(tip);
}

function place(shown) {
  const at = shown.previousElementSibling.getBoundingClientRect();
  const width = shown.offsetWidth;
  const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
  const below = at.bottom + 6;
  const fits = below + shown.offsetHeight < window.innerHeight;
  shown.style.setProperty('left', `${left}px`);
  shown.style.setProperty('top', `${fits ? below : at.top - 6 - shown.offsetHeight}px`);
}

/** Hides after a moment: pointer or focus may go from the word to its explanation. */
function hideSoon() {
  if (tip) {
    const leaving = tip;
    clearTimeout(leaving.hiding);
    leaving.hiding = setTimeout(() => leaving === tip && !leaving.matches(':hover, :focus-within') && hide(), 150);
  }
}

/** Hides; a focus within the explanation goes back to its word. */
function leave() {
  const element = tip?.contains(document.activeElement) ? tip.previousElementSibling : null;
  element?.focus();
  hide();
}

function hide() {
  tip?.remove();
  tip = null;
}
