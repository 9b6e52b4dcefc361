/** The same question to the version that answers and to another one that serves. */

import { byId, el, outside, probability, short, things } from './dom.js';
import { badges, inWords } from './answer.js';
import { answered, queryOfForm, show, textOf, whole } from './ask.js';
import { answerChange, moves, nameOf, side } from './compare.js';
import { known, on } from './state.js';
import { activeVersion, WORDS } from './versions.js';
import { word } from './words.js';

/** A version that is not asked every day opens its models at the first question. */
const OPENING_MAX_MS = 20_000;
const AGAIN_MS = 500;
/** What an answer that was searched for ends with. */
const SEARCHED = ['ANSWERED', 'NO_ANSWER', 'NO_CANDIDATES'];

/** A uid is of one encoder's input, so that here the place in a document counts. Another retriever may cut it otherwise. */
const VERSIONS = {
  keyOf: ({ document, revision, start, end }) => JSON.stringify([document, revision, start, end]),
  isReplaced: (was, now) => was.document === now.document && was.start < now.end && now.start < was.end,
};

export function setUpAskingBoth() {
  byId('ask-both').addEventListener('click', () => {
    if (byId('ask').reportValidity()) {
      askBoth(queryOfForm(), [activeVersion(), known.versions.find(({ version }) => String(version) === byId('other').value)]);
    }
  });
  on('known', paint);
}

/** Painted once for each list of versions: what was chosen stays. */
let painted = '[]';

function paint() {
  const others = activeVersion() === null ? [] : known.versions.filter(({ state }) => state === 'READY').reverse();
  const state = JSON.stringify(others.map(({ version }) => version));
  if (state === painted) {
    return;
  }
  painted = state;
  const chosen = byId('other').value;
  byId('other').replaceChildren(...others.map(({ version, retriever }) => el('option', { value: version }, `v${version} ${short(retriever, 40)}`)));
  if (others.some(({ version }) => String(version) === chosen)) {
    byId('other').value = chosen;
  }
  if (others.length === 0 && byId('both').contains(document.activeElement)) {
    byId('question').focus();
  }
  byId('both').hidden = others.length === 0;
}

/** versions = two of them; cause = elements that say why it is asked again. */
async function askBoth(query, versions, cause = null) {
  const again = (why) => askBoth(query, versions, why);
  await show((isWanted, note) => answersOf(query, versions, { isWanted, note }), (answers) => viewOf(answers, versions.map(asItIs), { cause, query, again }));
}

/** Both at one time, so that few edits fall between them; once more while one of them opens its models. */
async function answersOf(query, versions, { isWanted, note }) {
  const until = performance.now() + OPENING_MAX_MS;
  for (;;) {
    const answers = await Promise.all(versions.map(({ version }) => answered({ ...query, version })));
    const opening = answers.find(isOpening);
    if (!opening || !isWanted() || performance.now() > until) {
      return answers;
    }
    note(`Version ${opening.query.version} opens its models; that takes some seconds.`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

function isOpening({ answer: { result } }) {
  return result.status === 'UNAVAILABLE_VERSION' && /is being opened$/.test(result.reason ?? '');
}

/** What is known of a version by now. */
function asItIs(entry) {
  return known.versions.find(({ version }) => version === entry.version) ?? entry;
}

function viewOf(answers, versions, { cause, query, again }) {
  const results = answers.map(({ answer }) => answer.result);
  const isSearched = results.every(({ status }) => SEARCHED.includes(status));
  const all = isSearched ? moves(...results, VERSIONS) : [];
  const counted = isSearched ? counts(all) : 'Only an answer of both versions can be compared.';
  return {
    again,
    said: `${versions.map(({ version }, i) => `Version ${version}: ${short(inWords(results[i]), 100)}`).join('. ')}. ${counted}`,
    view: [
      cause,
      textOf(query),
      el('section', { class: 'compare', 'aria-label': 'Both versions' },
        el('div', { class: 'sides' }, answers.map((asked, i) => side(versions[i].state.toLowerCase(), heading(versions[i]), asked, badges(asked)))),
        el('ul', { class: 'changes' }, [isSearched ? answerLine(results) : null, counted].filter((line) => line !== null).map((line) => el('li', {}, line))),
        all.length === 0 ? null : ranks(all, versions),
        isSearched ? el('p', { class: 'quiet' }, scales(versions, results[0].kind)) : null),
      ...answers.map((asked, i) => el('details', { class: 'whole-answer' },
        el('summary', {}, 'the whole answer of ', name(versions[i])), whole(asked, again))),
    ],
  };
}

function heading(version) {
  return [el('b', {}, name(version)), ` · ${WORDS[version.state] ?? version.state}`];
}

function name({ version, retriever }) {
  return [`v${version} `, outside(retriever, 40)];
}

function answerLine(results) {
  return results[0].kind === 'RETRIEVE' ? null : answerChange(...results) ?? 'the same answer';
}

function counts(all) {
  const of = (kind) => all.filter((one) => one.kind === kind).length;
  const parts = [
    ['same', 'at the same rank'],
    ['moved', 'moved'],
    ['replaced', 'of another cut or revision'],
    ['new', 'new'],
    ['gone', 'gone'],
  ].filter(([kind]) => of(kind) > 0).map(([kind, text]) => `${of(kind)} ${text}`);
  return parts.length === 0 ? 'no passages' : `of ${things(all.length, 'passage')}: ${parts.join(', ')}`;
}

function ranks(all, versions) {
  return el('table', { class: 'ranks' },
    el('caption', { class: 'unseen' }, 'The passages of both versions, with what moved'),
    el('thead', {}, el('tr', {},
      el('th', { scope: 'col' }, 'passage'),
      versions.map((version) => el('th', { scope: 'col' }, `v${version.version} rank, `, word('retrieved'))),
      el('th', { scope: 'col' }, word('moved', 'what differs')))),
    el('tbody', {}, all.map(({ kind, was, now }) => el('tr', { class: kind },
      el('th', { scope: 'row' }, nameOf(now ?? was)),
      place(was),
      place(now),
      el('td', { class: 'what' }, difference(kind, was, now))))));
}

function place(passage) {
  return el('td', {}, passage === null ? el('span', { class: 'none' }, '–') : [el('b', {}, String(passage.rank)), ' ', el('span', { class: 'quiet' }, probability(passage.probability))]);
}

function difference(kind, was, now) {
  const marked = (sign, text) => [el('span', { 'aria-hidden': 'true' }, `${sign} `), text];
  switch (kind) {
    case 'new':
      return marked('+', 'new');
    case 'gone':
      return marked('−', 'gone');
    case 'replaced':
      return `${was.revision === now.revision ? 'cut otherwise' : 'another revision'}, ${was.rank} → ${now.rank}`;
    case 'moved':
      return was.rank > now.rank ? marked('↑', `up, ${was.rank} → ${now.rank}`) : marked('↓', `down, ${was.rank} → ${now.rank}`);
    default:
      return 'same rank';
  }
}

/** What may be compared of two versions' numbers, and what not. */
function scales([one, other], kind) {
  const isSame = (...parts) => parts.every((part) => one.digests[part] === other.digests[part]);
  const retrieved = isSame('documentTower', 'queryTower') && one.scoreScale === other.scoreScale
    ? 'Both have the same retriever, so “retrieved” is on one scale.'
    : 'Their retrievers differ, so “retrieved”, and p with it, is not on one scale: compare ranks and answers, not these numbers.';
  if (kind === 'RETRIEVE') {
    return retrieved;
  }
  const isOneReader = isSame(kind === 'MASKED_LM' ? 'maskedReader' : 'reader')
    && JSON.stringify(one.calibration ?? null) === JSON.stringify(other.calibration ?? null);
  return `${retrieved} ${isOneReader ? 'The same reader reads for both.' : 'Their readers, or what they are calibrated to, differ.'}`;
}
