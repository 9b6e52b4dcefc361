/** The index versions: which one answers, which is built, and what can be done with them. */

import { button, byId, count, el, outside, say, time } from './dom.js';
import { code } from './dialog.js';
import { get, getLines, post } from './door.js';
import { known, tell } from './state.js';
import { word } from './words.js';

/** The states in words. */
export const WORDS = {
  BUILDING: 'building',
  READY: 'ready',
  ACTIVE: 'answers',
  PAUSED: 'paused',
  RETIRED: 'retired',
  REFUSED: 'refused',
};
const SHOWN_MAX = 8;

/** Indexes that answered, by version; from = since when, the last time. Empty = none, or not read. */
let answered = [];
/** Rows that are shown, by version. */
const rows = new Map();

/** What can be done in a state; each is a route and a command. */
function waysOf({ state, activated }) {
  switch (state) {
    case 'BUILDING':
      return ['pause'];
    case 'PAUSED':
      return ['resume'];
    case 'READY':
      return [activated ? 'rollback' : 'activate'];
    default:
      return [];
  }
}

const COMMANDS = {
  pause: () => 'deploy/realm pause',
  resume: () => 'deploy/realm resume',
  activate: (version) => `deploy/realm activate ${version}`,
  rollback: (version) => `deploy/realm rollback ${version}`,
};

/** Asks whether this door may do more than read and edit. */
export async function readControl() {
  try {
    known.control = await get('/v1/control');
  } catch {
    known.control = null;
  }
  paintPublish();
}

export async function readVersions() {
  known.versions = await getLines('/v1/versions');
  answered = known.versions
    .filter(({ activated }) => activated)
    .map(({ index, activated }) => ({ index, from: Date.parse(activated) }));
  paint();
  tell('versions');
  tell('known');
}

/** To be read again before isOfAnswers says anything. */
export function forgetVersions() {
  answered = [];
}

/** Whether a status is of the index that answered at its time; null = not known yet. */
export function isOfAnswers({ version, answerableAt, readAt }) {
  if (version === 0) {
    return true;
  }
  if (answered.length === 0) {
    return null;
  }
  const at = Date.parse(answerableAt ?? readAt);
  const before = answered.filter(({ from }) => from <= at);
  // the first one also when it answered again, or became complete, since
  const there = before.length === 0 ? answered[0] : before.reduce((a, b) => (b.from > a.from ? b : a));
  return version === there.index;
}

/** Whether a version is being built, so that it is worth looking again soon. */
export function isBuilding() {
  return known.versions.some(isInWork);
}

function isInWork({ documentsPerSecond }) {
  return documentsPerSecond !== undefined && documentsPerSecond !== null;
}

export function activeVersion() {
  return known.versions.find(({ state }) => state === 'ACTIVE') ?? null;
}

function paint() {
  const newest = [...known.versions].reverse().slice(0, SHOWN_MAX);
  const list = byId('version-list');
  for (const [version, row] of rows) {
    if (!newest.some((entry) => entry.version === version)) {
      row.remove();
      rows.delete(version);
    }
  }
  newest.forEach((entry, i) => {
    const row = rowOf(entry);
    if (list.children[i] !== row) {
      list.insertBefore(row, list.children[i] ?? null);
    }
  });
  more.textContent = `and ${known.versions.length - SHOWN_MAX} before`;
  known.versions.length > SHOWN_MAX ? list.append(more) : more.remove();
  const active = activeVersion();
  byId('active').replaceChildren(...(active === null ? ['nothing yet'] : [outside(active.retriever, 40), ` (v${active.version})`]));
  paintPublish();
}

const more = el('li', { class: 'quiet' });

/** A row stays, and each of its parts while it says the same: so do the focus, what was opened, and a reason. */
function rowOf(entry) {
  const { version, state } = entry;
  if (!rows.has(version)) {
    rows.set(version, el('li', {}, el('div'), el('div'), el('div'), failureText()));
  }
  const row = rows.get(version);
  row.className = `version ${state.toLowerCase()}`;
  const [what, pace, ways, failure] = row.children;
  renew(what, [entry.retriever, state, entry.since, entry.reason], () => whatItIs(entry));
  renew(pace, isInWork(entry) ? 'in work' : null, () => progressOf(version));
  if (isInWork(entry)) {
    paintProgress(pace, entry);
  }
  renew(ways, [waysOf(entry), known.control?.allowed], () => waysView(entry, failure));
  return row;
}

/** Makes a part anew when what it says has changed; it says nothing = it is empty. */
function renew(part, says, content) {
  const text = JSON.stringify(says);
  if (part.says !== text) {
    part.says = text;
    part.replaceChildren(...(says === null ? [] : content()));
  }
}

function failureText() {
  return el('p', { class: 'failure', role: 'status' });
}

function whatItIs({ version, retriever, state, since, reason }) {
  return [
    el('p', {},
      el('b', {}, `v${version}`), ' ', outside(retriever, 40), ' ',
      el('span', { class: 'state' }, word('state', WORDS[state] ?? state)),
      el('span', { class: 'quiet' }, ` since ${time(since)}`)),
    ...(reason && state === 'REFUSED' ? [el('p', { class: 'reason' }, outside(reason))] : []),
  ];
}

function progressOf(version) {
  return [el('div', { class: 'progress' },
    el('progress', { 'aria-label': `documents in version ${version}` }),
    word('built'), ' ', el('span'))];
}

/** In place, so that the word keeps the focus. */
function paintProgress(pace, { documentsDone, documents, documentsPerSecond, secondsLeft }) {
  const bar = pace.querySelector('progress');
  bar.max = Math.max(1, documents);
  bar.value = documentsDone;
  pace.querySelector('.progress > span:last-child').textContent =
    `${count(documentsDone)} of ${count(documents)} · ${documentsPerSecond.toFixed(0)}/s · ${count(secondsLeft)} s left`;
}

function waysView(entry, failure) {
  const { version } = entry;
  const names = waysOf(entry);
  if (names.length === 0) {
    return [];
  }
  if (!known.control?.allowed) {
    return [el('details', {}, el('summary', {}, names.join(', ')), ...names.map((name) => code(COMMANDS[name](version), 'command')))];
  }
  return [el('p', { class: 'ways' }, names.map((name) => act(name, `version ${version}`, { path: `/v1/versions/${version}/${name}`, failure })))];
}

/** A button that posts; why it was refused stays until the next one is pressed. */
function act(label, thing, { path, body = {}, failure }) {
  const doing = button(label, async () => {
    doing.disabled = true;
    document.querySelectorAll('#versions .failure').forEach((before) => before.replaceChildren());
    try {
      await post(path, body);
      say(`${label} ${thing}: done`);
      await readVersions();
    } catch (refused) {
      failure.textContent = `${label}: ${refused.message}`;
    }
    doing.disabled = false;
    if (document.activeElement === document.body && doing.isConnected) {
      // a button that is disabled loses the focus
      doing.focus();
    }
  }, { 'aria-label': `${label} ${thing}` });
  return doing;
}

/** The models that were painted last: nothing is painted again for the same, so buttons stay. */
let painted = null;

function paintPublish() {
  const newest = known.versions.at(-1)?.retriever;
  const models = (known.control?.models ?? ['e5', 'minilm', 'bge']).filter((model) => !newest?.includes(model));
  const state = JSON.stringify([models, known.control?.allowed]);
  if (state === painted) {
    return;
  }
  painted = state;
  const failure = failureText();
  byId('publish').replaceChildren(el('details', {},
    el('summary', {}, 'another retriever'),
    known.control?.allowed
      ? [el('p', { class: 'ways' }, models.map((model) => act(`publish ${model}`, '', { path: '/v1/checkpoints', body: { model }, failure }))), failure]
      : models.map((model) => code(`deploy/realm publish-checkpoint ${model}`, 'command'))));
}
