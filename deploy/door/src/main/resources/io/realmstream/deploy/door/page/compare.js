/** Two answers to one question, side by side, and what differs. */

import { el, outside, short } from './dom.js';
import { headline } from './answer.js';
import { partsOf } from './sum.js';

/** cause = elements that say what happened between the two. */
export function comparison(before, after, cause) {
  return el('section', { class: 'compare', 'aria-label': 'Before and after' },
    el('div', { class: 'sides' }, side('before', before.answer), side('after', after.answer)),
    el('ul', { class: 'changes' }, changes(before.answer.result, after.answer.result).map((change) => el('li', {}, change))),
    cause);
}

function side(name, answer) {
  const parts = partsOf(answer.result) ?? [];
  const bar = el('div', { class: 'stack', 'aria-hidden': 'true' }, parts.filter(({ value }) => value > 0).map((part) => {
    const piece = el('span', { class: `piece ${part.kind}` });
    piece.style.setProperty('flex-grow', String(part.value));
    return piece;
  }));
  return el('div', { class: `side ${name}` }, el('h3', {}, name), headline(answer.result), parts.length > 0 ? bar : null);
}

function changes(before, after) {
  const all = [];
  const old = said(before);
  const now = said(after);
  if (old !== now) {
    all.push(['the answer: ', el('del', {}, outside(old, 80)), ' → ', el('ins', {}, outside(now, 80))]);
  }
  for (const passage of after.passages.filter(({ uid }) => uid !== '')) {
    const was = before.passages.find(({ uid }) => uid === passage.uid);
    const other = before.passages.find(({ document }) => document === passage.document);
    const name = passage.title === '' ? passage.document : passage.title;
    if (was === undefined) {
      all.push([other === undefined ? 'new: ' : 'another text: ', outside(name, 80), `, rank ${passage.rank}`]);
    } else if (was.rank !== passage.rank) {
      all.push(['moved: ', outside(name, 80), `, rank ${was.rank} → ${passage.rank}`]);
    }
  }
  for (const passage of before.passages.filter(({ uid }) => uid !== '')) {
    if (!after.passages.some(({ uid }) => uid === passage.uid) && !after.passages.some(({ document }) => document === passage.document)) {
      all.push(['gone: ', outside(passage.title === '' ? passage.document : passage.title, 80), `, was rank ${passage.rank}`]);
    }
  }
  return all.length === 0 ? ['The same answer from the same passages.'] : all;
}

/** The answer in words, as the page shows it. */
function said({ answer, noAnswerMass }) {
  return answer && !(noAnswerMass > answer.probability) ? answer.text : 'no passage holds one';
}

/** What an edit changed in a text: the words between the common beginning and the common end. */
export function textChange(before, after) {
  const old = before.split(/(\s+)/);
  const now = after.split(/(\s+)/);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) {
    start++;
  }
  let end = 0;
  while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) {
    end++;
  }
  const middle = (words) => short(words.slice(start, words.length - end).join(''), 300);
  const left = old.slice(0, start).join('').slice(-40);
  const right = short(old.slice(old.length - end).join(''), 40);
  return el('p', { class: 'diff', dir: 'auto' }, start > 0 ? `…${left}` : '', el('del', {}, middle(old)), ' ', el('ins', {}, middle(now)), right);
}
