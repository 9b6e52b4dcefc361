/** Elements and numbers. What comes from outside becomes text, never markup. */

/** An element; a child that is a string becomes a text node, null is left out. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (typeof value === 'function') {
      element.addEventListener(key, value);
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Text from outside; its writing direction does not change what follows. */
export function outside(text, charactersMax = 300) {
  return el('bdi', { class: 'outside', dir: 'auto' }, short(text, charactersMax));
}

/** Cuts a text to a length, never within a character. */
export function short(text, charactersMax) {
  const whole = String(text);
  if (whole.length <= charactersMax) {
    return whole;
  }
  const cut = whole.slice(0, charactersMax);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

export function button(label, click, properties = {}) {
  return el('button', { type: 'button', click, ...properties }, label);
}

/** A bar of a width between 0 and 1. The number beside it says the same. */
export function meter(share, kind) {
  const bar = el('span', { class: `meter ${kind}`, 'aria-hidden': 'true' }, el('span'));
  bar.firstChild.style.setProperty('width', `${100 * Math.max(0, Math.min(1, share))}%`);
  return bar;
}

/** A probability, rounded, with the raw value on hover. */
export function probability(value, digits = 2) {
  if (value === null || value === undefined) {
    return el('span', { class: 'number none' }, '–');
  }
  return el('span', { class: 'number', title: String(value) }, value.toFixed(digits));
}

export function count(number) {
  return Number(number).toLocaleString('en');
}

/** A number of things, in words. */
export function things(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A time of day, in the time zone of the browser. */
export function time(moment, tenths = false) {
  const at = new Date(moment);
  const text = at.toLocaleTimeString('en-GB');
  return tenths ? `${text}.${Math.floor(at.getMilliseconds() / 100)}` : text;
}

/** How long ago, in one unit. */
export function age(ms) {
  const seconds = Math.max(0, ms) / 1000;
  const steps = [[60, 1, 's'], [3600, 60, 'min'], [86400, 3600, 'h'], [31_557_600, 86400, 'd'], [Infinity, 31_557_600, 'y']];
  const [, unit, name] = steps.find(([limit]) => seconds < limit);
  const value = seconds / unit;
  return `${value < 10 && name === 's' ? value.toFixed(1) : Math.floor(value)} ${name}`;
}

/** Announces a text to a screen reader, once. */
export function say(text) {
  byId('said').textContent = text;
}

/** The address of a link, or null: only https, without user name or password. */
export function safeLink(text) {
  if (!/^https:\/\//i.test(text) || !URL.canParse(text)) {
    return null;
  }
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

/** JSON that escapes characters that are invisible or change the writing direction. */
export function plainJson(value, indent) {
  return JSON.stringify(value, null, indent).replace(
    /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu,
    (character) => character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}
