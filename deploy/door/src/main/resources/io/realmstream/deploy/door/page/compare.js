/** Two answers to one question, side by side, and what differs. */

import { el, outside, short } from './dom.js';
import { headline, inWords } from './answer.js';
import { partsOf, stack } from './sum.js';

/** Before and after an edit; cause = elements that say what happened between them. */
export function beforeAndAfter(before, after, cause) {
  return el('section', { class: 'compare', 'aria-label': 'Before and after' },
    el('div', { class: 'sides' }, side('before', ['before'], before), side('after', ['after'], after)),
    el('ul', { class: 'changes' }, changes(before.answer.result, after.answer.result).map((change) => el('li', {}, change))),
    cause);
}

/** One of two answers; more = elements below it. */
export function side(kind, heading, asked, more = []) {
  const { result } = asked.answer;
  const parts = partsOf(result);
  return el('div', { class: `side ${kind}` },
    el('h3', {}, heading),
    headline(asked),
    result.reason ? el('p', { class: 'reason' }, outside(result.reason)) : null,
    parts === null ? null : stack(parts),
    more);
}

/** How the answer differs; null where it is the same. */
export function answerChange(before, after) {
  const old = inWords(before);
  const now = inWords(after);
  return old === now ? null : ['the answer: ', el('del', {}, outside(old, 80)), ' → ', el('ins', {}, outside(now, 80))];
}

/**
 * Where each passage stands in two answers: { kind, was, now }, null = in that answer it is not. First those of the second
 * answer by rank, then those that are gone. keyOf(passage): equal for one and the same; isReplaced(was, now): whether now
 * stands for what was.
 */
export function moves(before, after, { keyOf, isReplaced }) {
  const byKey = ({ passages }) => new Map(passages.filter(({ uid }) => uid !== '').map((passage) => [keyOf(passage), passage]));
  const without = (some, others) => [...some].filter(([key]) => !others.has(key)).map(([, passage]) => passage);
  const old = byKey(before);
  const here = byKey(after);
  const left = without(old, here);
  const fresh = without(here, old);
  const all = [...here].map(([key, now]) => {
    const same = old.get(key);
    if (same) {
      return { kind: same.rank === now.rank ? 'same' : 'moved', was: same, now };
    }
    const was = left.find((one) => isReplaced(one, now)) ?? null;
    return { kind: was === null ? 'new' : 'replaced', was, now };
  });
  const gone = left.filter((was) => !fresh.some((now) => isReplaced(was, now)));
  return [...all, ...gone.map((was) => ({ kind: 'gone', was, now: null }))];
}

/** The title of a passage's document, or its id where it has none. */
export function nameOf({ title, document }) {
  return outside(title === '' ? document : title, 80);
}

/** An edit leaves a passage its uid or makes it another one of its document. */
const EDITS = { keyOf: ({ uid }) => uid, isReplaced: (was, now) => was.document === now.document };

function changes(before, after) {
  const passages = moves(before, after, EDITS).flatMap(({ kind, was, now }) => {
    switch (kind) {
      case 'new':
        return [['new: ', nameOf(now), `, rank ${now.rank}`]];
      case 'replaced':
        return [['another text: ', nameOf(now), `, rank ${now.rank}`]];
      case 'moved':
        return [['moved: ', nameOf(now), `, rank ${was.rank} → ${now.rank}`]];
      case 'gone':
        return [['gone: ', nameOf(was), `, was rank ${was.rank}`]];
      default:
        return [];
    }
  });
  const answer = answerChange(before, after);
  const all = answer === null ? passages : [answer, ...passages];
  return all.length === 0 ? ['The same answer from the same passages.'] : all;
}

/** What an edit changed in a text: the words between what both have in common. */
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
