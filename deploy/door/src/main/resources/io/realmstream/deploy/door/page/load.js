/** The empty state: a sample, a file, or the command line. */

import { button, byId, count, el, say, short, things } from './dom.js';
import { code } from './dialog.js';
import { get, postText } from './door.js';
import { known, painted } from './state.js';

const AT_ONCE = 6;
const FILE_BYTES_MAX = 20 << 20;
/** Kinds of edits that need no text. */
const DELETIONS = ['DELETE', 'PURGE'];

let sample = null;

/** choose(question) is called with a suggested question. */
export async function setUpLoading(choose) {
  byId('load-command').append(code('deploy/realm load FILE... --wait', 'command'));
  byId('load-sample').addEventListener('click', () => load(async () => (await sampleOf()).documents.map(editOf), 'the sample'));
  byId('load-file').addEventListener('change', (event) => {
    const files = [...event.target.files];
    load(() => editsOf(files), things(files.length, 'file'));
    event.target.value = '';
  });
  suggestions = choose;
}

let suggestions = () => {};

/** Shows the three ways while there is no document, and questions once the sample is there. */
export const paintStart = painted(async () => {
  byId('start').hidden = known.documents !== 0 && !isLoading;
  if (known.documents > 0 && byId('suggestions').childElementCount === 0 && (await isSampleThere())) {
    const { questions } = await sampleOf();
    byId('suggestions').replaceChildren(
      el('span', { class: 'quiet' }, 'try '),
      ...questions.map((question) => button(question, () => suggestions(question), { class: 'link' })));
  }
});

let isLoading = false;
let looked = null;

/** Whether the sample is loaded; asked once a page, and only where there are few documents. */
function isSampleThere() {
  if (known.documents > 1_000) {
    return false;
  }
  looked ??= (async () => {
    try {
      const { documents } = await sampleOf();
      await get(`/v1/documents/${encodeURIComponent(documents[0].id)}`);
      return true;
    } catch {
      return false;
    }
  })();
  return looked;
}

async function sampleOf() {
  sample ??= await get('/v1/sample');
  return sample;
}

/** Posts edits, some at a time, and shows the progress; an edit = { id, json: the text to post }. */
async function load(edits, name) {
  const note = byId('load-progress');
  isLoading = true;
  const bad = [];
  try {
    const all = await edits();
    let done = 0;
    let next = 0;
    const work = async () => {
      while (next < all.length) {
        const edit = all[next++];
        try {
          await postText('/v1/documents', edit.json);
        } catch (failure) {
          bad.push(`${short(edit.id, 40)}: ${failure.message}`);
        }
        note.textContent = `${name}: ${count(++done)} of ${count(all.length)} sent`;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    say(`${name}: ${count(all.length - bad.length)} sent`);
  } catch (failure) {
    bad.push(failure.message);
  }
  looked = null;
  isLoading = false;
  if (bad.length > 0) {
    note.textContent = `${things(bad.length, 'document was', 'documents were')} not taken, for instance ${short(bad[0], 200)}`;
  }
  paintStart();
}

/** The edits of files: JSON lines if a file begins with one, else one text a file. */
async function editsOf(files) {
  const edits = [];
  for (const file of files) {
    if (file.size > FILE_BYTES_MAX) {
      throw new Error(`${file.name} is over ${FILE_BYTES_MAX >> 20} MiB: use the command line`);
    }
    const text = await file.text();
    if (text.trimStart().startsWith('{')) {
      text.split('\n').forEach((line, i) => line.trim() !== '' && edits.push(row(line, `${file.name}, line ${i + 1}`)));
    } else {
      edits.push(editOf({ id: file.name, title: file.name.replace(/\.[^.]*$/, ''), text }));
    }
  }
  return edits;
}

function editOf(edit) {
  return { id: edit.id, json: JSON.stringify(edit) };
}

/**
 * The edit that a line says, under the rules of `realm load`. Where it can, it is the line as it stands: JavaScript would
 * round a number over 2^53. The door ignores fields that it does not know.
 */
function row(line, place) {
  const edit = parsed(line, place);
  const { id, title } = edit;
  const why = whyNot(edit);
  if (why !== null) {
    throw new Error(`${short(place, 80)}: ${why}`);
  }
  return typeof id === 'string' && title !== null ? { id, json: line } : editOf({ ...edit, id: String(id), title: title ?? undefined });
}

/** Why a row is no edit; null = it is one, as far as this page judges. */
function whyNot({ id, title, text, kind, revision, source }) {
  if (id === undefined || id === null) {
    return 'no id';
  }
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) {
    // as text, any two of them could be one
    return 'its id is neither a text nor an exact number';
  }
  if (text === undefined && !DELETIONS.includes(kind)) {
    // the door takes it as an empty document, but here it is a misspelt field
    return 'no text';
  }
  const isWrittenAnew = typeof id !== 'string' || title === null;
  const isRounded = (number) => typeof number === 'number' && !Number.isSafeInteger(number);
  if (isWrittenAnew && [revision, source?.pageId, source?.revisionId].some(isRounded)) {
    return 'a number is too large for this page; use the command line';
  }
  return null;
}

function parsed(line, place) {
  try {
    return Object(JSON.parse(line));
  } catch {
    throw new Error(`${short(place, 80)}: not JSON`);
  }
}
