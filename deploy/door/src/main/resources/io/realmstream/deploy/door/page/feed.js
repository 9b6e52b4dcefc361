/** What became of edits, newest first: a bounded list, painted at most twelve times a second. */

import { button, byId, count, el, outside, short, things, time } from './dom.js';
import { story } from './edit.js';
import { painted } from './state.js';

const ROWS_MAX = 60;
/** Characters; the rest of a reason is in the document's status. */
const REASON_MAX = 300;

/** Rows that are shown, by document and revision; the newest is last. */
const rows = new Map();
/** Statuses since the last painting, the newest of each edit. */
const fresh = new Map();
let passed = 0;
let isPaused = false;
/** Why the list began anew; empty at first. */
let begun = '';

export function setUpFeed() {
  byId('pause').addEventListener('click', () => {
    isPaused = !isPaused;
    byId('pause').setAttribute('aria-pressed', String(isPaused));
    byId('pause').textContent = isPaused ? 'go on' : 'pause';
    paintSoon();
  });
}

export function clearFeed(why) {
  rows.clear();
  fresh.clear();
  passed = 0;
  byId('feed').replaceChildren();
  begun = why === null ? '' : `begun anew: ${why}`;
  paintSoon();
}

export function addToFeed(status) {
  const name = `${status.revision} ${status.id}`;
  fresh.delete(name);
  fresh.set(name, status);
  if (fresh.size > ROWS_MAX) {
    fresh.delete(fresh.keys().next().value);
    passed++;
  }
  paintSoon();
}

const paintSoon = painted(() => {
  if (isPaused) {
    byId('feed-note').textContent = `${things(fresh.size + passed, 'edit')} since`;
    return;
  }
  byId('feed-note').textContent = passed > 0 ? `${count(passed)} more went by` : begun;
  passed = 0;
  // events come partition by partition
  const inOrder = [...fresh].sort(([, a], [, b]) => (a.readAt < b.readAt ? -1 : 1));
  for (const [name, status] of inOrder) {
    paint(name, status);
  }
  fresh.clear();
  while (rows.size > ROWS_MAX) {
    const [name, row] = rows.entries().next().value;
    rows.delete(name);
    row.remove();
  }
  byId('feed-empty').hidden = rows.size > 0;
});

/** Changes a row in place, so that the focus stays. */
function paint(name, status) {
  let row = rows.get(name);
  if (row === undefined) {
    row = el('li', {}, button([
      el('time', { datetime: status.readAt }, time(status.readAt)),
      outside(status.id, 120),
      el('span', { class: 'outcome' }),
      el('span', { class: 'what' }),
    ], () => story(status.id)));
    rows.set(name, row);
    byId('feed').prepend(row);
  }
  row.querySelector('.outcome').textContent = status.outcome;
  row.querySelector('.outcome').className = `outcome ${status.outcome.toLowerCase()}`;
  row.querySelector('.what').textContent = what(status);
}

function what(status) {
  const parts = [
    [status.embedded, 'embedded'],
    [status.reprojected, 're-projected'],
    [status.reused, 'reused'],
    [status.unchanged, 'kept'],
    [status.removed, 'gone'],
  ].filter(([number]) => number > 0).map(([number, name]) => `${count(number)} ${name}`);
  if (status.answerableAt) {
    parts.push(`${count(Date.parse(status.answerableAt) - Date.parse(status.readAt))} ms`);
  } else if (status.publishedAt) {
    parts.push('on its way');
  }
  if (status.reason) {
    parts.push(short(status.reason, REASON_MAX));
  }
  return parts.join(' · ');
}
