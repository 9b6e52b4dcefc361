/** How the total probability of one is divided: answer, other answers, none, unread, the rest. */

import { el, outside, probability, short } from './dom.js';
import { word } from './words.js';

/** For the rounding of doubles, not of what is shown. */
const TOLERANCE = 1e-6;

/** The parts of a marginal over spans, which add up to one; null where there is none. */
export function partsOf(result) {
  if (result.kind !== 'OPEN_QA' || result.noAnswerMass === undefined || result.noAnswerMass === null) {
    return null;
  }
  const best = result.answer ?? result.withheld;
  const parts = best ? [{ kind: result.answer ? 'answer' : 'withheld', text: best.text, value: best.probability }] : [];
  for (const other of result.runnersUp) {
    parts.push({ kind: 'other', text: other.text, value: other.probability });
  }
  parts.push({ kind: 'no-answer', value: result.noAnswerMass });
  if (result.unreadMass !== undefined && result.unreadMass !== null) {
    parts.push({ kind: 'unread', value: result.unreadMass });
  }
  const rest = 1 - parts.reduce((sum, part) => sum + part.value, 0);
  parts.push({ kind: 'others', value: Math.max(0, rest) });
  return parts;
}

/** What a passage adds to the answer's probability; null where that is unknown. */
export function shareOf(passage, result) {
  if (passage.answerProbability === undefined || passage.answerProbability === null) {
    return null;
  }
  return result.normalization === 'PAPER'
    ? passage.probability * passage.answerProbability
    : passage.posterior * result.answer.probability;
}

/** A bar of all parts, and the sum in numbers. */
export function sum(result) {
  const parts = partsOf(result);
  if (parts === null) {
    return null;
  }
  const total = parts.reduce((all, part) => all + part.value, 0);
  const isOne = Math.abs(total - 1) < TOLERANCE;
  return el('figure', { class: 'sum' },
    stack(parts),
    el('figcaption', {},
      el('span', { class: 'unseen' }, 'The parts of the probability: '),
      parts.map((part, i) => [i === 0 ? null : el('span', { class: 'sign' }, '+'), legend(part)]),
      el('span', { class: isOne ? 'total' : 'total wrong' },
        ' = ', probability(total), isOne ? '' : ' (these numbers do not add up)')),
    result.answer ? shares(result) : null);
}

/** Shows that the passages' shares add up to the answer's probability. */
function shares(result) {
  const values = result.passages.map((passage) => shareOf(passage, result)).filter((share) => share > 0);
  const total = values.reduce((all, share) => all + share, 0);
  const same = Math.abs(total - result.answer.probability) < TOLERANCE;
  return el('p', { class: 'quiet' },
    word('share', values.length === 1 ? 'share' : 'shares'), ' of the passages: ',
    values.map((share, i) => [i === 0 ? null : ' + ', probability(share)]),
    same ? ' = ' : ' ≠ ', probability(result.answer.probability),
    same ? ' (before rounding)' : ' (these numbers do not add up)');
}

/** A bar of all parts. */
export function stack(parts) {
  const bar = el('div', { class: 'stack', 'aria-hidden': 'true' });
  for (const part of parts.filter(({ value }) => value > 0)) {
    const piece = el('span', { class: `piece ${part.kind}`, title: `${part.text ? short(part.text, 60) : part.kind.replace('-', ' ')} ${part.value}` });
    piece.style.setProperty('flex-grow', String(part.value));
    bar.append(piece);
  }
  return bar;
}

function legend(part) {
  const name = {
    'answer': () => outside(part.text, 60),
    'withheld': () => el('span', {}, outside(part.text, 60), ' (withheld)'),
    'other': () => outside(part.text, 60),
    'no-answer': () => word('no-answer'),
    'unread': () => word('unread'),
    'others': () => word('others'),
  }[part.kind]();
  return el('span', { class: 'part' },
    el('span', { class: `swatch ${part.kind}`, 'aria-hidden': 'true' }), name, ' ', probability(part.value));
}
