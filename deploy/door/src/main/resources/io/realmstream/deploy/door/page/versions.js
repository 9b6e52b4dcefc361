/** The index versions: which answers, which is built and how fast, and what may be done with them. */

import { button, byId, count, el, outside, say, time } from './dom.js';
import { code } from './dialog.js';
import { get, getLines, post } from './door.js';
import { known, tell } from './state.js';

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

/** Ways from a state; each is a route and a command. */
function waysOf({ version, state }) {
  switch (state) {
    case 'BUILDING':
      return ['pause'];
    case 'PAUSED':
      return ['resume'];
    case 'READY':
      return [version < (activeVersion()?.version ?? 0) ? 'rollback' : 'activate'];
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
  paint();
  tell('known');
}

/** Whether something is in work, so that looking again soon is worth it. */
export function isBuilding() {
  return known.versions.some((version) => version.documentsPerSecond !== undefined && version.documentsPerSecond !== null);
}

export function activeVersion() {
  return known.versions.find(({ state }) => state === 'ACTIVE') ?? null;
}

function paint() {
  const newest = [...known.versions].reverse().slice(0, SHOWN_MAX);
  byId('version-list').replaceChildren(...newest.map(view));
  if (known.versions.length > SHOWN_MAX) {
    byId('version-list').append(el('li', { class: 'quiet' }, `and ${known.versions.length - SHOWN_MAX} before`));
  }
  const active = activeVersion();
  byId('active').replaceChildren(...(active === null ? ['nothing yet'] : [outside(active.retriever, 40), ` (v${active.version})`]));
  paintPublish();
}

function view(version) {
  const inWork = version.documentsPerSecond !== undefined && version.documentsPerSecond !== null;
  return el('li', { class: `version ${version.state.toLowerCase()}` },
    el('p', {},
      el('b', {}, `v${version.version}`), ' ', outside(version.retriever, 40), ' ',
      el('span', { class: 'state' }, WORDS[version.state] ?? version.state),
      el('span', { class: 'quiet' }, ` since ${time(version.since)}`)),
    version.reason && version.state === 'REFUSED' ? el('p', { class: 'reason' }, outside(version.reason)) : null,
    inWork ? progress(version) : null,
    ways(version));
}

function progress({ version, documentsDone, documents, documentsPerSecond, secondsLeft }) {
  return el('div', { class: 'progress' },
    el('progress', { value: documentsDone, max: Math.max(1, documents), 'aria-label': `documents in version ${version}` }),
    el('span', {}, `${count(documentsDone)} of ${count(documents)} · ${documentsPerSecond.toFixed(0)}/s · ${count(secondsLeft)} s left`));
}

function ways(entry) {
  const { version } = entry;
  const names = waysOf(entry);
  if (names.length === 0) {
    return null;
  }
  if (!known.control?.allowed) {
    return el('details', {}, el('summary', {}, names.join(', ')), ...names.map((name) => code(COMMANDS[name](version), 'command')));
  }
  return el('p', { class: 'ways' }, names.map((name) => act(name, `version ${version}`, `/v1/versions/${version}/${name}`, {})));
}

function act(label, thing, path, body) {
  const failure = el('span', { class: 'failure', role: 'status' });
  const doing = button(label, async () => {
    doing.disabled = true;
    failure.textContent = '';
    try {
      await post(path, body);
      say(`${label} ${thing}: done`);
      await readVersions();
    } catch (refused) {
      failure.textContent = refused.message;
    }
    doing.disabled = false;
  }, { 'aria-label': `${label} ${thing}` });
  return [doing, failure];
}

/** Painted once for each list of models: a button that was pressed stays. */
let painted = null;

function paintPublish() {
  const newest = known.versions.at(-1)?.retriever;
  const models = (known.control?.models ?? ['e5', 'minilm', 'bge']).filter((model) => !newest?.includes(model));
  const state = JSON.stringify([models, known.control?.allowed]);
  if (state === painted) {
    return;
  }
  painted = state;
  byId('publish').replaceChildren(el('details', {},
    el('summary', {}, 'another retriever'),
    known.control?.allowed
      ? el('p', { class: 'ways' }, models.map((model) => act(`publish ${model}`, '', '/v1/checkpoints', { model })))
      : models.map((model) => code(`deploy/realm publish-checkpoint ${model}`, 'command'))));
}
