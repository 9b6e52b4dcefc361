/** Shows an answer: its text, its probability, its passages and its freshness. */

import { age, button, el, meter, outside, probability, safeLink, short, time } from './dom.js';
import { get, documentPath, serverNow } from './door.js';
import { shareOf, sum } from './sum.js';
import { known, newestRevision } from './state.js';
import { word } from './words.js';

/** A longer passage is cut around its span. */
const TEXT_MAX = 20_000;
/** With more documents than this, the text around a passage is fetched only on request. */
const SMALL = 5_000;

const WITHOUT = {
  NO_ANSWER: 'No passage holds an answer',
  NO_CANDIDATES: 'There is no passage for this question',
  NO_INDEX: 'There is no index yet',
  INVALID: 'This question is not valid',
  TIMED_OUT: 'Late: no answer came by the deadline',
  FAILED: 'A model failed on this question',
  UNAVAILABLE_VERSION: 'That version does not serve',
  OVERLOADED: 'Too many questions at once; the same may do later',
};

/** The whole answer; act = { edit(passage), remove(passage) }. */
export function answerView(asked, act) {
  const { result } = asked.answer;
  return [
    headline(asked),
    result.reason ? el('p', { class: 'reason' }, outside(result.reason)) : null,
    sum(result),
    references(asked),
    masks(result),
    badges(asked),
    result.passages.length === 0 ? null : passages(result, act),
    meaning(result),
  ].filter((part) => part !== null);
}

/** What the answer says, in a few words. */
export function inWords({ status, kind, answer, withheld, noAnswerMass }) {
  if (answer) {
    return noAnswerMass > answer.probability ? WITHOUT.NO_ANSWER : answer.text;
  }
  return withheld ? `withheld: ${withheld.text}` : WITHOUT[status] ?? (kind === 'RETRIEVE' ? 'Passages, best first' : status);
}

/** The answer in one line, with its probability. */
export function headline(asked) {
  const { result } = asked.answer;
  const { answer, noAnswerMass } = result;
  if (result.withheld) {
    return heldBack(asked);
  }
  if (!answer) {
    const none = result.status === 'NO_ANSWER' && noAnswerMass !== undefined ? p(noAnswerMass, 'no-answer') : null;
    return el('p', { class: 'headline' }, el('strong', {}, inWords(result)), none);
  }
  if (noAnswerMass > answer.probability) {
    return el('div', {},
      el('p', { class: 'headline' }, el('strong', {}, WITHOUT.NO_ANSWER), p(noAnswerMass, 'no-answer')),
      el('p', { class: 'headline second' }, 'if one does: ', best(answer, result)));
  }
  return el('p', { class: 'headline' }, best(answer, result));
}

/** A candidate with its probability, which passages that are unread may raise. */
function best({ text, probability: least }, { unreadMass, confidence }) {
  const most = Math.min(1, least + (unreadMass ?? 0));
  const open = most.toFixed(2) !== least.toFixed(2);
  return [el('strong', {}, outside(text)), el('span', { class: 'numbers' }, p(least, 'probability', open ? most : null), sureness(confidence))];
}

/** How often such an answer is right; null where the version has no curve for it. */
function sureness(confidence) {
  return isThere(confidence) ? el('span', { class: 'p' }, word('confidence'), ' = ', probability(confidence)) : null;
}

/** An answer that a threshold holds back, and which. */
function heldBack(asked) {
  const { result } = asked.answer;
  return el('div', {},
    el('p', { class: 'headline' }, el('strong', {}, 'No answer is sure enough')),
    el('p', { class: 'headline second' }, el('span', {}, word('withheld'), ':'), best(result.withheld, result)),
    el('p', { class: 'quiet' }, whyHeldBack(asked)));
}

/** By the question's thresholds, else by those of the version. */
function whyHeldBack({ sent, answer: { result } }) {
  const fitted = known.versions.find(({ version }) => version === result.version?.number)?.calibration;
  const limit = (name) => sent.options?.[name] ?? fitted?.[name] ?? null;
  const [value, none] = [result.withheld.probability, result.noAnswerMass];
  const [least, most] = [limit('probabilityMin'), limit('noAnswerMassMax')];
  const why = [
    least !== null && value < least ? ['p ', against(value, 'below', least)] : null,
    most !== null && none > most ? [word('no-answer'), ' ', against(none, 'above', most)] : null,
  ].filter((one) => one !== null);
  return why.length === 0 ? 'A threshold of its version holds it back.' : why.map((one, i) => [i === 0 ? null : '; ', one]);
}

/** With so many digits that the two are seen to differ. */
function against(value, how, threshold) {
  const digits = value.toFixed(2) === threshold.toFixed(2) ? 4 : 2;
  return [probability(value, digits), ` is ${how} the threshold `, probability(threshold, digits)];
}

function p(value, key, most = null) {
  return el('span', { class: 'p' }, word(key, 'p'), ' = ', probability(value), most === null ? null : [' to ', probability(most)]);
}

/** How probable the answers are that the question names. */
function references({ sent, answer: { result } }) {
  if (!isThere(result.reference)) {
    return null;
  }
  const named = sent.options?.references ?? [];
  return el('p', { class: 'references' },
    word('references'), named.map((text, i) => [i === 0 ? ' ' : ', ', outside(text, 60)]), ': p = ', referenceProbability(result.reference));
}

/** Where there is no logarithm, the probability is 0. */
function referenceProbability({ logProbability }) {
  return probability(isThere(logProbability) ? Math.exp(logProbability) : 0);
}

function isThere(value) {
  return value !== undefined && value !== null;
}

function masks(result) {
  if (!result.masks) {
    return null;
  }
  return el('ul', { class: 'masks' }, result.masks.map((mask, i) =>
    el('li', {}, word('mask'), ` ${i + 1}: `, mask.words.map((candidate, j) => [j === 0 ? null : ', ', outside(candidate.text, 60), ' ', probability(candidate.probability)]))));
}

/** How exact, whole and fresh it is. */
export function badges({ sent, answer, ms }) {
  const { result, run } = answer;
  const all = [];
  const good = (...text) => all.push(badge('good', '✓', text));
  const warn = (...text) => all.push(badge('warn', '!', text));
  if (result.version) {
    result.exact ? good(word('exact')) : warn('not ', word('exact'), `: ${result.cellsProbed} ${cells(result)} searched`);
    result.complete ? good(word('complete')) : warn('index not ', word('complete'), ': documents are missing');
    if (result.partial) {
      warn(word('partial'), ': shards were missing at the deadline');
    }
    if (result.truncated) {
      warn(word('cut'), ': question or passages exceed a model\'s limit');
    }
    run.indexedThrough
      ? good(word('seen'), ' ', el('time', { datetime: run.indexedThrough }, time(run.indexedThrough, true)))
      : warn(word('seen', 'age'), ' unknown: what it has not seen cannot be said');
    const isOther = sent.version !== undefined && sent.version !== result.version.number;
    const version = [word('versions', 'version'), ` ${result.version.number}`];
    isOther ? warn(version, `, not ${sent.version} as asked`) : all.push(badge('', '', version));
  }
  all.push(badge(result.status === 'TIMED_OUT' ? 'warn' : '', result.status === 'TIMED_OUT' ? '!' : '', [`${ms} `, word('answer-ms', 'ms')]));
  return el('ul', { class: 'badges', 'aria-label': 'What the answer rests on' }, all);
}

function cells(result) {
  const flat = /^flat-(\d+)$/.exec(result.version.partition);
  return flat ? `of ${flat[1]} cells` : result.cellsProbed === 1 ? 'cell' : 'cells';
}

function badge(kind, sign, text) {
  return el('li', { class: `badge ${kind}` }, sign === '' ? null : el('span', { class: 'sign', 'aria-hidden': 'true' }, sign), el('span', {}, text));
}

/** Says what the numbers are where they are not the paper's marginal. */
function meaning(result) {
  const notes = [];
  if (result.kind === 'RETRIEVE') {
    notes.push('Nothing was read. “Retrieved” is over the passages that are listed, so it depends on k.');
  }
  if (result.kind === 'MASKED_LM') {
    notes.push('“Reads” is the probability of these words in the question with that passage beside it; the share is the product with “retrieved”.');
  }
  if (result.normalization === 'JOINT') {
    notes.push('Spans of all passages were normalized together: the score of retrieval is part of each span\'s score. So “share” is what a passage adds to the answer, and “retrieved” times “reads” is not.');
  }
  if (result.decoding === 'MAX_SPAN') {
    notes.push('The answer is that of the most probable single span. Its p is the sum over all spans of that answer, so another candidate may have a larger one.');
  }
  return notes.length === 0 ? null : el('p', { class: 'quiet' }, notes.join(' '));
}

function passages(result, act) {
  const reads = result.kind !== 'RETRIEVE' && result.passages.some((passage) => passage.answerProbability > 0);
  const product = reads && result.normalization !== 'JOINT';
  const heads = [
    el('th', { scope: 'col' }, word('retrieved')),
    reads ? el('th', { scope: 'col' }, product ? el('span', { class: 'sign' }, '× ') : null, word('reads')) : null,
    reads ? el('th', { scope: 'col' }, product ? el('span', { class: 'sign' }, '= ') : null, word('share')) : null,
    el('th', { scope: 'col' }, 'passage'),
  ];
  return el('table', { class: `passages${reads ? ' read' : ''}` },
    el('caption', { class: 'unseen' }, 'The passages behind the answer, by rank'),
    el('thead', {}, el('tr', {}, heads)),
    result.passages.map((passage, i) => passageRows(passage, i, { result, reads, act })));
}

function passageRows(passage, i, { result, reads, act }) {
  const share = reads ? shareOf(passage, result) : null;
  const unread = passage.unread === true;
  return el('tbody', {},
    el('tr', {},
      el('td', {}, meter(passage.probability, 'retrieved'), probability(passage.probability)),
      reads ? el('td', {}, unread ? el('span', { class: 'quiet' }, 'not read') : probability(passage.answerProbability ?? null)) : null,
      reads ? el('td', {}, share === null ? probability(null) : [meter(share, 'share'), probability(share)]) : null,
      el('th', { scope: 'row' }, source(passage))),
    passage.uid === '' ? null : el('tr', { class: 'text' },
      el('td', { colspan: reads ? 4 : 2 }, quotation(passage, i === 0), reference(passage), links(passage, act))));
}

/** What a passage alone says of the answers that the question names. */
function reference({ reference: score }) {
  if (!isThere(score)) {
    return null;
  }
  return el('p', { class: 'quiet' },
    word('references'), ' here: p = ', referenceProbability(score),
    isThere(score.posterior) ? [', share ', probability(score.posterior)] : null);
}

function source(passage) {
  if (passage.uid === '') {
    return 'no passage: the question alone';
  }
  const since = passage.revisionTime ? age(serverNow() - Date.parse(passage.revisionTime)) : null;
  return [
    passage.title === '' ? el('span', { class: 'quiet' }, 'no title') : outside(passage.title),
    since === null ? null : el('span', { class: 'quiet', title: passage.revisionTime }, ` ${since} `, word('old')),
  ];
}

/** The passage with its span marked. Until it is opened, only the span's sentence is shown. */
function quotation(passage, isOpen) {
  const summary = el('summary', {}, el('span', { class: 'whole quiet' }, 'the whole passage'), excerpt(passage));
  const body = el('blockquote', { class: 'passage', dir: 'auto' }, marked(passage));
  const around = el('p', { class: 'quiet' });
  const details = el('details', { open: isOpen }, summary, body, around);
  let fetched = false;
  const fetchOnce = () => {
    if (!fetched) {
      fetched = true;
      surround(passage, body, around);
    }
  };
  if (known.documents !== null && known.documents <= SMALL) {
    details.addEventListener('toggle', () => details.open && fetchOnce());
  } else {
    around.append(button('the sentences around it', fetchOnce, { class: 'link' }));
  }
  return details;
}

function excerpt(passage) {
  const { span, text } = passage;
  if (!span) {
    return el('span', { class: 'excerpt outside', dir: 'auto' }, short(text, 90));
  }
  const before = text.slice(0, span.start);
  const left = before.length <= 45 ? before : `…${before.slice(-45).replace(/^\S*\s|^[\udc00-\udfff]/, '')}`;
  return el('span', { class: 'excerpt outside', dir: 'auto' },
    left, el('mark', {}, short(text.slice(span.start, span.end), 60)), short(text.slice(span.end), 45));
}

function marked(passage) {
  const { span, text } = passage;
  if (!span) {
    return [short(text, TEXT_MAX)];
  }
  const from = Math.max(0, span.start - TEXT_MAX / 2);
  return [
    from > 0 ? '…' : '',
    text.slice(from, span.start),
    el('mark', {}, text.slice(span.start, span.end)),
    short(text.slice(span.end), TEXT_MAX / 2),
  ];
}

/** Puts the sentences before and after a passage around it, as its document has them now. */
async function surround(passage, body, around) {
  try {
    const edit = await get(`${documentPath(passage.document)}?as=edit`);
    if (edit.kind !== 'UPSERT') {
      around.replaceChildren(badge('warn', '!', ['its document is deleted']));
    } else if (edit.revision !== passage.revision) {
      around.replaceChildren(badge('warn', '!', ['no longer in force: there is revision ', String(edit.revision)]));
    } else {
      const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
      const last = [...sentences.segment(edit.text.slice(Math.max(0, passage.start - 600), passage.start))].at(-1);
      const next = [...sentences.segment(edit.text.slice(passage.end, passage.end + 600).trimStart())][0];
      body.prepend(el('span', { class: 'around' }, last ? `${last.segment.trimEnd()} ` : ''));
      body.append(el('span', { class: 'around' }, next ? ` ${next.segment.trimEnd()}` : ''));
      around.remove();
    }
  } catch (failure) {
    around.textContent = `its document cannot be shown: ${failure.message}`;
  }
}

function links(passage, act) {
  const address = safeLink(passage.link ?? passage.document);
  const newest = newestRevision(passage.document);
  return el('p', { class: 'links' },
    newest !== null && newest > passage.revision ? badgeInline('no longer in force') : null,
    address === null ? outside(passage.document, 80) : el('a', { href: address, rel: 'noopener noreferrer', target: '_blank' }, 'open article'),
    passage.license ? outside(passage.license, 80) : null,
    el('span', { class: 'quiet' }, word('revision'), ` ${passage.revision}`),
    isThere(passage.source) ? origin(passage.source) : null,
    button('edit this', () => act.edit(passage), { class: 'link' }),
    button('delete', () => act.remove(passage), { class: 'link' }));
}

/** The page of a wiki that the text is from. */
function origin({ wiki, pageId, revisionId, revisionTime }) {
  return el('span', { class: 'quiet', title: revisionTime },
    'from ', outside(wiki, 60), `, page ${pageId}, revision ${revisionId}`);
}

function badgeInline(text) {
  return el('span', { class: 'badge warn' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, '!'), text);
}
