/** Requests to the door, with the token if it asks for one, and the server's clock. */

import { byId } from './dom.js';

let token = null;
let typing = null;
let aheadMs = 0;

/** The server's time now; the browser's clock may differ from it. */
export function serverNow() {
  return Date.now() + aheadMs;
}

/** Learns from the server what time it is. */
export function serverSays(moment) {
  const ms = Date.parse(moment);
  if (!Number.isNaN(ms)) {
    aheadMs = ms - Date.now();
  }
}

/** Why a request failed; status 0 = the door was not reached. */
export class DoorError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Whether this door asks for a token. */
export function needsToken() {
  return token !== null;
}

export function authorization() {
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

/** A successful response; its body is still to be read. */
export async function fetched(path, options = {}) {
  let response;
  const used = token;
  try {
    response = await fetch(path, { cache: 'no-store', ...options, headers: { ...options.headers, ...authorization() } });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new DoorError(0, 'the door is not reached');
  }
  if (response.status === 401) {
    if (token === used) {
      await tokenTyped(used !== null);
    }
    return fetched(path, options);
  }
  if (!response.ok) {
    throw new DoorError(response.status, await reason(response));
  }
  return response;
}

export async function get(path) {
  return (await fetched(path)).json();
}

export async function getLines(path) {
  const text = await (await fetched(path)).text();
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

export async function post(path, body) {
  return postText(path, JSON.stringify(body));
}

/** Posts a text that is JSON already. */
export async function postText(path, json) {
  return (await fetched(path, postOf(json))).json();
}

/** The answer to a POST as text, to be shown as it came. */
export async function postForText(path, body) {
  return (await fetched(path, postOf(JSON.stringify(body)))).text();
}

export async function remove(path) {
  return (await fetched(path, { method: 'DELETE' })).json();
}

/** The path of a document, whatever characters its id has. */
export function documentPath(id) {
  return `/v1/documents/${encodeURIComponent(id.toWellFormed ? id.toWellFormed() : id)}`;
}

function postOf(json) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: json };
}

async function reason(response) {
  const text = await response.text();
  try {
    return String(JSON.parse(text).error);
  } catch {
    return `${response.status} ${text}`;
  }
}

/** Asks for the token, once for all who wait for it. */
function tokenTyped(wasWrong) {
  typing ??= new Promise((resolve) => {
    const dialog = byId('token');
    byId('token-wrong').hidden = !wasWrong;
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    byId('token-form').addEventListener('submit', () => {
      token = byId('token-value').value.trim();
      byId('token-value').value = '';
      typing = null;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return typing;
}
