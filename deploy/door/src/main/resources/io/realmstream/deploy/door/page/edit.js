/** Edits documents from the page, and follows an edit until answers see it. */

import { button, el, outside, short, things } from './dom.js';
import { code, close, open } from './dialog.js';
import { documentPath, get, post, remove } from './door.js';
import { fateOf, off, on } from './state.js';
import { textChange } from './compare.js';
import { word } from './words.js';

/** The door waits as long as this; after it something is wrong. */
const PATIENCE_MS = 60_000;

/** Opens a document's text; done(cause) is called when answers see what was saved. */
export async function edit(id, done) {
  open('Edit', el('p', {}, 'reading ', outside(id), ' …'));
  try {
    const before = await get(`${documentPath(id)}?as=edit`);
    open('Edit', form(before, done));
  } catch (failure) {
    open('Edit', el('p', { class: 'failure' }, `${short(id, 80)}: ${failure.message}`));
  }
}

/** Asks before it deletes. */
export async function askToRemove(id, done) {
  const yes = button('Delete it', async () => {
    yes.disabled = true;
    await removed(id, way, () => {
      done(el('p', {}, 'What happened between: ', outside(id, 80), ' was deleted.'));
    });
  }, { class: 'main danger' });
  const way = el('ol', { class: 'way', role: 'status' });
  open('Delete', el('p', {}, 'The document ', outside(id), ' will no longer be found.'), yes, way);
}

/** Deletes with the next revision, as an edit does: the source may count its own revisions. */
async function removed(id, way, done) {
  try {
    const next = (await get(`${documentPath(id)}?as=edit`)).revision + 1;
    if (!Number.isSafeInteger(next)) {
      throw new Error('its revisions are too large for this page to count on; use curl');
    }
    await follow({ id, revision: next }, way, () => remove(`${documentPath(id)}?revision=${next}`), done);
  } catch (failure) {
    way.replaceChildren(el('li', { class: 'failure' }, failure.message));
  }
}

function form(before, done) {
  const next = before.revision + 1;
  const isCountable = Number.isSafeInteger(next);
  const title = el('input', { id: 'edit-title', value: before.title ?? '' });
  const text = el('textarea', { id: 'edit-text', rows: '12' }, before.text ?? '');
  const save = el('button', { type: 'submit', class: 'main', disabled: !isCountable }, 'Save');
  const way = el('ol', { class: 'way', role: 'status' });
  const submit = async (event) => {
    event.preventDefault();
    save.disabled = true;
    const after = { ...before, kind: 'UPSERT', revision: next, title: title.value, text: text.value };
    delete after.eventTime;
    // another text does not stand there; its licence stays
    delete after.link;
    delete after.source;
    await follow(after, way, () => post('/v1/documents', after), () => {
      done(el('div', {}, el('p', {}, 'What happened between: ', outside(before.id, 80), ` became revision ${next}.`), textChange(before.text ?? '', text.value)));
    });
    save.disabled = false;
  };
  return el('form', { class: 'edit', submit },
    el('p', { class: 'quiet' }, outside(before.id), isCountable
      ? `, revision ${before.revision}; saving makes it ${next}`
      : ': its revisions are too large for this page to count on; use curl'),
    el('label', { for: 'edit-title' }, 'Title'), title,
    el('label', { for: 'edit-text' }, 'Text'), text,
    el('p', {}, save), way);
}

/** Sends an edit of that id and revision, and shows how far it has come: accepted, embedded, answerable. */
async function follow({ id, revision }, way, send, done) {
  const began = performance.now();
  const since = () => `${Math.round(performance.now() - began)} ms`;
  const step = (...text) => way.append(el('li', {}, text));
  way.replaceChildren();
  let place = null;
  const early = [];
  const finish = () => {
    clearTimeout(watch);
    off('status', hear);
  };
  const hear = (status) => {
    if (status.id !== id) {
      return;
    }
    if (place === null) {
      early.push(status);
    } else {
      heard(status);
    }
  };
  let published = false;
  let ended = false;
  const heard = (status) => {
    const fate = fateOf(status, revision);
    if (ended || status.revision < revision) {
      return;
    }
    if (status.revision === revision && status.publishedAt && !published) {
      published = true;
      step(word('embedded'), `: ${things(status.embedded, 'passage')}, ${status.unchanged} `, word('kept'), `, ${status.removed} `, word('gone'), took(status.readAt, status.publishedAt));
    }
    if (fate === null) {
      return;
    }
    ended = true;
    finish();
    if (fate === 'answerable') {
      step('answerable', took(status.readAt, status.answerableAt), ` — ${since()} since the click`);
      done();
      setTimeout(close, 900);
    } else if (fate === 'overtaken') {
      step(`overtaken by revision ${status.revision}: answers see that one`);
    } else {
      step(`${status.outcome}: `, outside(status.reason ?? 'nothing was published'));
    }
  };
  const watch = setTimeout(() => {
    finish();
    step('nothing was heard of it for a minute; it may be answerable later');
  }, PATIENCE_MS);
  on('status', hear);
  try {
    place = await send();
    step(`accepted: partition ${place.partition}, offset ${place.offset}, ${since()}`);
    early.forEach(heard);
  } catch (failure) {
    finish();
    step(el('span', { class: 'failure' }, failure.message));
  }
}

function took(from, to) {
  return `, ${Date.parse(to) - Date.parse(from)} ms after it was read`;
}

/** What became of a document, by version. */
export async function story(id) {
  open('What became of it', el('p', {}, 'reading ', outside(id), ' …'));
  try {
    const told = await get(documentPath(id));
    open('What became of it',
      el('p', {}, outside(told.title || id, 120), el('span', { class: 'quiet' }, ' ', outside(id, 120))),
      el('p', {}, `${told.kind && told.kind !== 'UPSERT' ? 'deleted' : `revision ${told.newestRevision ?? told.revisionInForce}`}${told.pending ? ', not answerable yet' : ''}`),
      ...told.versions.map(versionOf),
      el('details', {}, el('summary', {}, 'JSON'), code(JSON.stringify(told, null, 2), 'JSON')));
  } catch (failure) {
    open('What became of it', el('p', { class: 'failure' }, `${short(id, 80)}: ${failure.message}`));
  }
}

function versionOf(version) {
  const has = version.revision === undefined ? 'nothing was published lately' : `revision ${version.revision}, ${version.passages.length} passages`;
  return el('section', {},
    el('h3', {}, `Version ${version.version}, ${version.state}: ${has}`),
    el('ol', { class: 'quiet' }, (version.passages ?? []).slice(0, 50).map((passage) => el('li', {}, passage.text ? outside(passage.text, 160) : `characters ${passage.start} to ${passage.end}`))));
}
