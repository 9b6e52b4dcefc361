/** The page: starts its parts, reads what the door says, and knows when it has gone silent. */

import { age, byId, count, el, outside, say, time } from './dom.js';
import { askFor, setUpAsking } from './ask.js';
import { setUpAskingBoth } from './both.js';
import { code, open } from './dialog.js';
import { DoorError, fetched, get, serverNow, serverSays } from './door.js';
import { addToFeed, clearFeed, setUpFeed } from './feed.js';
import { paintStart, setUpLoading } from './load.js';
import { explainPage } from './words.js';
import { known, learnRevision, on, painted, tell } from './state.js';
import { readEvents } from './events.js';
import { addEdit, addFreshness, addSwitch, clearTimeline, paintTimeline } from './timeline.js';
import { isBuilding, readControl, readVersions } from './versions.js';

/** After so long a silence what is shown may be past. */
const SILENT_MS = 5_000;
/** Before that, the door is asked whether all is well. */
const DOUBT_MS = 2_500;
/** The door itself waits for a broker. */
const HEALTH_MS = 20_000;
const LETTERS_MAX = 50;

let heard = Date.now();
let isAway = false;
let isReached = false;
let reason = 'no event came';
let changedAt = 0;

function hear() {
  heard = Date.now();
  if (isAway) {
    isAway = false;
    say('connected again');
    refresh();
  }
}

/** Every quarter of a second: how old is what is shown? */
function tick() {
  const silent = Date.now() - heard > SILENT_MS;
  if (silent && !isAway) {
    isAway = true;
  }
  document.body.classList.toggle('away', isAway);
  byId('connection').classList.toggle('good', !isAway && known.through !== null);
  byId('fresh').textContent = isAway
    ? 'unknown'
    : known.through === null ? '…' : `${age(serverNow() - known.through)} ago`;
  const banner = isAway ? `${isReached ? 'Nothing is heard' : 'Not connected'} since ${time(heard)}; what is shown is from then (${reason})` : '';
  if (byId('banner').textContent !== banner) {
    byId('banner').textContent = banner;
  }
}

/** Asks the door when events are missing: it may be well, ill, or gone. */
async function doubt() {
  for (;;) {
    await pause(1_000);
    if (Date.now() - heard > DOUBT_MS) {
      try {
        const signal = AbortSignal.timeout(HEALTH_MS);
        await (await fetched('/v1/health', { signal })).text();
        hear();
      } catch (failure) {
        isReached = failure.status !== 0;
        reason = failure instanceof DoorError ? failure.message : 'the door does not answer';
      }
    }
  }
}

async function readStatus() {
  const status = await get('/v1/status');
  serverSays(status.at);
  known.status = status;
  known.documents = status.documents;
  known.passages = status.passages;
  tell('known');
}

const paintKnown = painted(() => {
  if (known.status === null) {
    return;
  }
  byId('documents').textContent = count(known.documents);
  byId('passages').textContent = count(known.passages);
  byId('letters').textContent = known.status.deadLetters === 0 ? '0 (last: none)' : count(known.status.deadLetters);
  byId('letters-show').hidden = known.status.deadLetters === 0;
  paintStart();
});

/** Both reports are wanted soon: something has changed. */
function refresh() {
  changedAt = Date.now();
}

/** Reports cost the door as much as the topics are long, so they are read less often then. */
async function keepReading(read) {
  for (;;) {
    const began = performance.now();
    try {
      await read();
    } catch {
      // doubt() finds out why
    }
    const ended = performance.now();
    const isSettling = () => Date.now() - changedAt < 3_000 || isBuilding();
    do {
      await pause(300);
    } while (performance.now() - ended < Math.max(isSettling() ? 1_000 : 5_000, 5 * (ended - began)));
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function onEvent(name, data) {
  hear();
  if (name === 'status') {
    learnRevision(data);
    addToFeed(data);
    tell('status', data);
    if (data.answerableAt) {
      addEdit(data.answerableAt);
    }
    refresh();
  } else if (name === 'version') {
    if (data.to === 'ACTIVE') {
      addSwitch(data);
    }
    refresh();
  } else if (name === 'freshness' && data.through) {
    const through = Date.parse(data.through);
    if (known.through === null || through > known.through) {
      known.through = through;
    }
    addFreshness(serverNow() - through);
  }
}

function onBegin(why) {
  clearFeed(why);
  clearTimeline();
  known.through = null;
  readControl();
  refresh();
}

/** The raw reports, as the door gives them. */
async function showRaw() {
  open('Raw', el('p', {}, 'What /v1/status said last; /v1/versions, /v1/dead-letters and /v1/events are as plain.'),
    code(JSON.stringify(known.status, null, 2), 'status'));
}

/** The last dead letters; all are read, the last ones are shown. */
async function showLetters() {
  open('Dead letters', el('p', {}, 'reading …'));
  try {
    const last = [];
    for await (const line of linesOf(await fetched('/v1/dead-letters'))) {
      last.push(JSON.parse(line));
      if (last.length > LETTERS_MAX) {
        last.shift();
      }
    }
    open('Dead letters', el('p', {}, `The last ${last.length}, newest first.`), el('ol', { class: 'letters' }, last.reverse().map(letter)));
  } catch (failure) {
    open('Dead letters', el('p', { class: 'failure' }, failure.message));
  }
}

function letter(one) {
  return el('li', {},
    el('p', {}, el('time', { datetime: one.at }, new Date(one.at).toLocaleString('en-GB')), ' ', el('b', {}, one.class), ' at ', one.stage),
    el('p', {}, outside(one.message, 500)),
    el('p', { class: 'quiet' }, outside(one.id, 120), ` ${one.topic}, partition ${one.partition}, offset ${one.offset}, ${count(one.bytes)} bytes`));
}

async function* linesOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let block = await reader.read(); !block.done; block = await reader.read()) {
    const lines = (rest + block.value).split('\n');
    rest = lines.pop();
    yield* lines;
  }
}

function start() {
  explainPage();
  setUpAsking();
  setUpAskingBoth();
  setUpFeed();
  setUpLoading(askFor);
  on('known', paintKnown);
  byId('raw').addEventListener('click', showRaw);
  byId('help').addEventListener('click', () => byId('words').showModal());
  byId('words-close').addEventListener('click', () => byId('words').close());
  byId('dialog-close').addEventListener('click', () => byId('dialog').close());
  byId('letters-show').addEventListener('click', showLetters);
  setInterval(tick, 250);
  setInterval(paintTimeline, 20_000);
  keepReading(readStatus);
  keepReading(readVersions);
  doubt();
  readEvents(onEvent, onBegin);
}

start();
