/** Reads the door's events by fetch, which can send a token and go on where they stopped. */

import { fetched, serverSays } from './door.js';

const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 15_000;
/** The door writes something every half second; a connection that is silent for long is dead. */
const SILENCE_MAX_MS = 45_000;
/** After a pause longer than this, beginning anew is quicker than catching up. */
const ASLEEP_MS = 600_000;
/** How many older events of each partition are read at the start. */
const BEFORE = { status: 100, version: 20 };

class FreshStart extends Error {}

/**
 * How the stream is. heard = when anything came of it last, a comment too; opened = when it was,
 * null while it is closed; failure = why it was closed last.
 */
export const stream = { heard: Date.now(), opened: null, failure: 'it is being opened' };

/**
 * Reads as long as the page is open.
 *
 * hear(name, data) gets each event. begin(why) is called when all before is void: at the start
 * (null), behind a gap, and after a long silence.
 */
export async function readEvents(hear, begin) {
  let last = null;
  let end = null;
  let why = null;
  let pause = PAUSE_MIN_MS;
  for (;;) {
    try {
      if (last === null) {
        end = positions((await first(events(null))).id);
        begin(why);
        last = before(end);
      }
      for await (const event of events(last)) {
        if (event.name === 'gap' && !isOld(event.data, end)) {
          throw new FreshStart('some events are no longer held');
        }
        last = event.id;
        pause = PAUSE_MIN_MS;
        hear(event.name, event.data);
      }
      stream.failure = 'the door closed it';
    } catch (failure) {
      stream.failure = failure.message;
      // 400: the id comes from another knowledge base
      if (failure instanceof FreshStart || failure.status === 400) {
        last = null;
        why = failure instanceof FreshStart ? failure.message : 'this is another knowledge base';
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
    pause = Math.min(PAUSE_MAX_MS, 2 * pause);
  }
}

/** The events after an id; without one, the events from now on. */
async function* events(last) {
  const connection = new AbortController();
  let watch;
  const listen = () => {
    clearTimeout(watch);
    watch = setTimeout(() => connection.abort(new Error('it fell silent')), SILENCE_MAX_MS);
  };
  const came = () => {
    const silentMs = Date.now() - stream.heard;
    stream.heard = Date.now();
    if (last !== null && silentMs > ASLEEP_MS) {
      throw new FreshStart('nothing was heard for over ten minutes');
    }
  };
  try {
    listen();
    const response = await fetched('/v1/events', {
      headers: last === null ? {} : { 'Last-Event-ID': last },
      signal: connection.signal,
    });
    came();
    stream.opened = Date.now();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let block = await reader.read(); !block.done; block = await reader.read()) {
      listen();
      came();
      const blocks = (rest + block.value).split('\n\n');
      rest = blocks.pop();
      for (const text of blocks.filter((candidate) => !candidate.startsWith(':'))) {
        const event = parsed(text);
        if (event.name === 'open') {
          serverSays(event.data.at);
        }
        yield event;
      }
    }
  } finally {
    stream.opened = null;
    clearTimeout(watch);
    connection.abort();
  }
}

async function first(all) {
  for await (const event of all) {
    return event;
  }
  throw new Error('the door closed the stream');
}

function parsed(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    fields[line.slice(0, colon)] = line.slice(colon + 2);
  }
  return { id: fields.id, name: fields.event, data: JSON.parse(fields.data) };
}

/** The next offset of each partition, from an id such as `status.0=17,version.0=4`. */
function positions(id) {
  return new Map(id.split(',').map((entry) => entry.split('=')).map(([name, next]) => [name, Number(next)]));
}

function before(end) {
  return [...end]
    .map(([name, next]) => `${name}=${Math.max(0, next - (BEFORE[name.split('.')[0]] ?? 0))}`)
    .join(',');
}

/** Whether a gap is before what the page ever showed. A topic that is made anew goes back. */
function isOld({ topic, partition, from, to }, end) {
  return from < to && to <= end.get(`${topic}.${partition}`);
}
