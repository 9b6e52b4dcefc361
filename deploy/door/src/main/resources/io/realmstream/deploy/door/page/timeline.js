/** The last hour by minutes: edits, questions of this page, freshness, switches of versions. */

import { byId, count, el, time } from './dom.js';
import { serverNow } from './door.js';
import { painted } from './state.js';
import { word } from './words.js';

const MINUTES = 60;
const MINUTE_MS = 60_000;
const SVG = 'http://www.w3.org/2000/svg';
const SWITCHES_MAX = 20;
/** It shows minutes, so it need not be painted often. */
const PAINT_MS = 500;

/** A number for each minute; key = of its word, name = how that reads, unit = a number in words, how = combines two numbers of one minute. */
class Line {
  constructor(key, { name, unit, how }) {
    this.name = name;
    this.unit = unit;
    this.how = how;
    this.minutes = new Map();
    this.svg = document.createElementNS(SVG, 'svg');
    this.svg.setAttribute('viewBox', '0 0 180 26');
    this.svg.setAttribute('role', 'img');
    this.most = el('span', { class: 'quiet' });
    this.element = el('div', { class: 'line' }, el('span', {}, word(key, name)), this.svg, this.most);
  }

  add(ms, value) {
    const minute = Math.floor(ms / MINUTE_MS);
    const before = this.minutes.get(minute);
    this.minutes.set(minute, before === undefined ? value : this.how(before, value));
    if (this.minutes.size > MINUTES) {
      this.minutes.delete(Math.min(...this.minutes.keys()));
    }
  }

  values(now) {
    const last = Math.floor(now / MINUTE_MS);
    return Array.from({ length: MINUTES }, (_, i) => this.minutes.get(last - MINUTES + 1 + i) ?? null);
  }

  /** In place, so that its word keeps the focus. */
  paint(now) {
    const values = this.values(now);
    const most = Math.max(...values.map((value) => value ?? 0));
    const bars = values.map((value, i) => (value === null ? null : bar(i, most === 0 ? 0 : value / most)));
    this.svg.setAttribute('aria-label', `${this.name} by minute, at most ${this.unit(most)}`);
    this.svg.replaceChildren(...bars.filter((one) => one !== null));
    this.most.textContent = `≤ ${this.unit(most)}`;
  }
}

const add = (a, b) => a + b;
const perMinute = (value) => `${count(value)}/min`;
const edits = new Line('edits-line', { name: 'edits', unit: perMinute, how: add });
const questions = new Line('questions-line', { name: 'your questions', unit: perMinute, how: add });
const freshness = new Line('freshness-line', { name: 'freshness', unit: (value) => `${(value / 1000).toFixed(1)} s`, how: Math.max });
const lines = [edits, questions, freshness];
/** Which version came to answer, and when; again = it did so before, as this page knows. */
const switches = [];

export function addEdit(at) {
  edits.add(Date.parse(at), 1);
  paintTimeline();
}

export function addQuestion() {
  questions.add(serverNow(), 1);
  paintTimeline();
}

/** How old the oldest edit may be that answers lack. */
export function addFreshness(ms) {
  freshness.add(serverNow(), ms);
  paintTimeline();
}

/** Learns from the versions which of them came to answer; the log ignores some proposals. */
export function learnSwitches(versions) {
  const began = versions.filter(({ activated }) => activated).sort((a, b) => Date.parse(a.activated) - Date.parse(b.activated));
  const active = versions.filter(({ state }) => state === 'ACTIVE');
  for (const { version, activated } of began) {
    if (switches.length === 0 || Date.parse(activated) > Date.parse(switches.at(-1).at)) {
      learnSwitch(version, activated);
    }
  }
  // whoever's clock was behind
  active.forEach(({ version, activated, since }) => learnSwitch(version, activated ?? since));
  switches.splice(0, switches.length - SWITCHES_MAX);
  paintTimeline();
}

/** A version that answers already may become complete, which is no switch. */
function learnSwitch(version, at) {
  if (switches.at(-1)?.version !== version) {
    switches.push({ version, at, again: switches.some((other) => other.version === version) });
  }
}

export function clearTimeline() {
  [edits, freshness].forEach((line) => line.minutes.clear());
  switches.length = 0;
  paintTimeline();
}

export const paintTimeline = painted(() => {
  const now = serverNow();
  lines.forEach((line) => line.paint(now));
  if (byId('timeline').childElementCount === 0) {
    byId('timeline').append(...lines.map(({ element }) => element));
  }
  const recent = switches.filter(({ at }) => now - Date.parse(at) < MINUTES * MINUTE_MS);
  byId('switches').replaceChildren(...recent.map(({ version, at, again }) =>
    el('li', {}, el('time', { datetime: at }, time(at)), ` v${version} answers${again ? ' again' : ''}`)));
}, PAINT_MS);

function bar(minute, share) {
  const rect = document.createElementNS(SVG, 'rect');
  const height = Math.max(1.5, 24 * share);
  rect.setAttribute('x', String(3 * minute));
  rect.setAttribute('y', String(25 - height));
  rect.setAttribute('width', '2');
  rect.setAttribute('height', String(height));
  return rect;
}
