/** The empty state: a sample, a file, or the command line. */

import { button, byId, count, el, say, short, things } from './dom.js';
import { code } from './dialog.js';
import { get, post } from './door.js';
import { known, painted } from './state.js';

const AT_ONCE = 6;
const FILE_BYTES_MAX = 20 << 20;

let sample = null;

/** choose(question) is called with a suggested question. */
export async function setUpLoading(choose) {
  byId('load-command').append(code('deploy/realm load FILE... --wait', 'command'));
  byId('load-sample').addEventListener('click', () => load(async () => (await sampleOf()).documents, 'the sample'));
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

/** Posts edits, some at a time, and shows the progress. */
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
          await post('/v1/documents', edit);
        } catch (failure) {
          bad.push(`${short(edit.id ?? '', 40)}: ${failure.message}`);
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
      edits.push({ id: file.name, title: file.name.replace(/\.[^.]*$/, ''), text });
    }
  }
  return edits;
}

function row(line, place) {
  const { id, title, text, revision } = parsed(line, place);
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) {
    // as text, any two of them could be one
    throw new Error(`${short(place, 80)}: ${id === undefined || id === null ? 'no id' : 'its id is neither a text nor an exact number'}`);
  }
  return { id: String(id), title: title ?? '', text, ...(revision === undefined ? {} : { revision }) };
}

function parsed(line, place) {
  try {
    return Object(JSON.parse(line));
  } catch {
    throw new Error(`${short(place, 80)}: not JSON`);
  }
}
