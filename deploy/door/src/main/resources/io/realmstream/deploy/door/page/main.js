/** The page: starts its parts, reads what the door says, and notices when the door is silent. */

import { age, byId, count, el, outside, say, time } from './dom.js';
import { askFor, setUpAsking } from './ask.js';
import { setUpAskingBoth } from './both.js';
import { code, open } from './dialog.js';
import { DoorError, fetched, get, getLines, serverNow, serverSays } from './door.js';
import { addToFeed, clearFeed, setUpFeed } from './feed.js';
import { paintStart, setUpLoading } from './load.js';
import { explainPage } from './words.js';
import { known, learnRevision, on, painted, tell } from './state.js';
import { readEvents, stream } from './events.js';
import { addEdit, addFreshness, clearTimeline, learnSwitches, paintTimeline } from './timeline.js';
import { forgetVersions, isBuilding, isOfAnswers, readControl, readVersions } from './versions.js';

/** After this long a silence, what is shown may be out of date. */
const SILENT_MS = 5_000;
/** After this long, the door is asked whether all is well. */
const DOUBT_MS = 2_500;
/** The door may wait for a broker before it says how it is. */
const HEALTH_MS = 20_000;
/** A stream that was opened tells first what was missed: how old that is says nothing of now. */
const CATCHING_UP_MS = 5_000;
const LETTERS_MAX = 50;
const EARLY_MAX = 10_000;

let heard = Date.now();
let isAway = false;
let isReached = false;
let reason = 'no event came';
let changedAt = 0;
/** How many dead letters there are, and the last one; null = none. */
const letters = { number: 0, last: null };
/** Which run of the retriever said known.through; null = none has said anything yet. */
let run = null;
/** Statuses that came before it was known which index answers. */
const early = [];

function hear() {
  heard = Date.now();
  if (isAway) {
    isAway = false;
    say('connected again');
    refresh();
  }
}

/** Runs every quarter of a second: how old is what is shown? */
function tick() {
  const silent = Date.now() - heard > SILENT_MS;
  if (silent && !isAway) {
    isAway = true;
  }
  document.body.classList.toggle('away', isAway);
  byId('connection').classList.toggle('good', !isAway && known.through !== null);
  byId('fresh').textContent = isAway
    ? 'unknown'
    : run === null ? '…' : known.through === null ? 'unknown' : `${age(serverNow() - known.through)} ago`;
  const banner = isAway ? `${isReached ? 'Nothing is heard' : 'Not connected'} since ${time(heard)}; what is shown is from then (${reason})` : '';
  if (byId('banner').textContent !== banner) {
    byId('banner').textContent = banner;
  }
}

/** Enters how fresh answers are, while that is known. */
function sampleFreshness() {
  if (!isAway && known.through !== null && isStreaming() && Date.now() - stream.opened > CATCHING_UP_MS) {
    addFreshness(serverNow() - known.through);
  }
}

function isStreaming() {
  return stream.opened !== null && Date.now() - stream.heard < SILENT_MS;
}

/** Asks the door when events are missing: it may be well, ill, or gone. A door that is well, without its stream, tells nothing. */
async function doubt() {
  for (;;) {
    await pause(1_000);
    if (Date.now() - heard > DOUBT_MS) {
      try {
        const signal = AbortSignal.timeout(HEALTH_MS);
        await (await fetched('/v1/health', { signal })).text();
        isReached = true;
        if (isStreaming()) {
          hear();
        } else {
          reason = `the door is well, but not its stream of events: ${stream.failure}`;
        }
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
  await readLastLetter(status.deadLetters);
  tell('known');
}

/** Only where there are more than before, or fewer. */
async function readLastLetter(number) {
  if (number !== letters.number) {
    letters.last = number === 0 ? null : (await getLines('/v1/dead-letters?last=1'))[0] ?? null;
    letters.number = number;
  }
}

const paintKnown = painted(() => {
  if (known.status === null) {
    return;
  }
  byId('documents').textContent = count(known.documents);
  byId('passages').textContent = count(known.passages);
  byId('waiting').textContent = unread(known.status.lags);
  byId('letters').replaceChildren(count(letters.number), ' (last: ', letters.last === null ? 'none' : outside(letters.last.class, 40), ')');
  byId('letters-show').hidden = letters.number === 0;
  paintStart();
});

/** How many edits the updater had not read; unknown before its first checkpoint. */
function unread(lags) {
  const records = lags.find(({ reader }) => reader === 'updater-documents')?.records;
  return records === undefined || records === null ? 'unknown' : count(records);
}

/** Something has changed, so both reports are read soon. */
function refresh() {
  changedAt = Date.now();
}

/** The door reads whole topics for a report. So the longer a report takes, the rarer it is. */
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
    hearStatus(data);
    refresh();
  } else if (name === 'version') {
    refresh();
  } else if (name === 'freshness') {
    hearFreshness(data);
  }
}

/** Those of the index that answers; a version that is being built has statuses of old edits. */
function hearStatus(status) {
  const isTheirs = isOfAnswers(status);
  if (isTheirs === null) {
    early.push(status);
    early.splice(0, early.length - EARLY_MAX);
  } else if (isTheirs) {
    learnRevision(status);
    addToFeed(status);
    tell('status', status);
    if (status.answerableAt) {
      addEdit(status.answerableAt);
    }
  }
}

/** A run's claim that was true stays true, unless it takes it back; another run may know less. */
function hearFreshness(mark) {
  const through = mark.through ? Date.parse(mark.through) : null;
  const isOlder = run === mark.run && through !== null && through < known.through;
  run = mark.run;
  known.through = isOlder ? known.through : through;
}

function onBegin(why) {
  clearFeed(why);
  clearTimeline();
  early.length = 0;
  forgetVersions();
  readVersions().catch(() => {}); // keepReading tries again
  run = null;
  known.through = null;
  readControl();
  refresh();
}

/** The raw reports, as the door gives them. */
async function showRaw() {
  open('Raw', el('p', {}, 'What /v1/status said last; /v1/versions, /v1/dead-letters and /v1/events are as plain.'),
    code(JSON.stringify(known.status, null, 2), 'status'));
}

/** Shows the last dead letters. */
async function showLetters() {
  open('Dead letters', el('p', {}, 'reading …'));
  try {
    const last = await getLines(`/v1/dead-letters?last=${LETTERS_MAX}`);
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

function start() {
  explainPage();
  setUpAsking();
  setUpAskingBoth();
  setUpFeed();
  setUpLoading(askFor);
  on('known', paintKnown);
  on('versions', () => {
    learnSwitches(known.versions);
    early.splice(0).forEach(hearStatus);
  });
  byId('raw').addEventListener('click', showRaw);
  byId('help').addEventListener('click', () => byId('words').showModal());
  byId('words-close').addEventListener('click', () => byId('words').close());
  byId('dialog-close').addEventListener('click', () => byId('dialog').close());
  byId('letters-show').addEventListener('click', showLetters);
  setInterval(tick, 250);
  setInterval(sampleFreshness, 1_000);
  setInterval(paintTimeline, 20_000);
  keepReading(readStatus);
  keepReading(readVersions);
  doubt();
  readEvents(onEvent, onBegin);
}

start();
