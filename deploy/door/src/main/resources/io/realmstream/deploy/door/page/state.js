/** What the page knows of the knowledge base, and the listeners for changes. */

const REVISIONS_MAX = 5_000;

/** What is known; null = not known yet. */
export const known = {
  documents: null,
  passages: null,
  status: null,
  versions: [],
  /** What /v1/control says; null = this door has no such route. */
  control: null,
  /** Everything up to this moment is answerable, by the server's clock; epoch ms. */
  through: null,
};

const revisions = new Map();
const listeners = new Map();

/** The newest answerable revision of a document that this page heard of; else null. */
export function newestRevision(document) {
  return revisions.get(document) ?? null;
}

/** Remembers a status; with too many, forgets the oldest. */
export function learnRevision(status) {
  if (status.answerableAt && (status.outcome === 'ADDED' || status.outcome === 'UPDATED' || status.outcome === 'DELETED')) {
    revisions.delete(status.id);
    revisions.set(status.id, status.revision);
    if (revisions.size > REVISIONS_MAX) {
      revisions.delete(revisions.keys().next().value);
    }
  }
}

/**
 * What a status says of the edit that gave its document that revision: it is 'answerable', or
 * 'ended' otherwise, or 'overtaken' by a newer one before it was answerable; null = nothing.
 */
export function fateOf(status, revision) {
  if (status.revision === revision) {
    const isEnd = !status.publishedAt || status.outcome === 'STALE' || status.outcome === 'FAILED';
    return status.answerableAt ? 'answerable' : isEnd ? 'ended' : null;
  }
  return status.revision > revision && (status.answerableAt || status.outcome === 'DELETED') ? 'overtaken' : null;
}

/** Topics: 'status' (a document's, of the index that answers), 'versions', 'known' (this module's). */
export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function off(topic, listener) {
  listeners.set(topic, (listeners.get(topic) ?? []).filter((other) => other !== listener));
}

export function tell(topic, data) {
  for (const listener of listeners.get(topic) ?? []) {
    listener(data);
  }
}

/** Makes a function that paints soon after it is called, and every so many milliseconds at most, however often it is called. */
export function painted(paint, everyMs = 80) {
  let last = -Infinity;
  let due = null;
  return () => {
    due ??= setTimeout(() => {
      due = null;
      last = performance.now();
      paint();
    }, Math.max(0, last + everyMs - performance.now()));
  };
}
