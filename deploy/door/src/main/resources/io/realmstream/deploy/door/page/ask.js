/** Asks questions, shows them, and asks again when something changed. */

import { byId, button, el, plainJson, say, short } from './dom.js';
import { needsToken, postForText } from './door.js';
import { answerView, inWords } from './answer.js';
import { askToRemove, edit } from './edit.js';
import { code, open, quoted } from './dialog.js';
import { beforeAndAfter } from './compare.js';
import { known, on } from './state.js';
import { addQuestion } from './timeline.js';

/** What is shown: { answers, again }, where again(cause) asks the same once more; null before the first. */
let shown = null;
let asking = 0;

export function setUpAsking() {
  byId('ask').addEventListener('submit', (event) => {
    event.preventDefault();
    ask(queryOfForm());
  });
  on('status', markChanged);
}

/** Asks a question as if it had been typed. */
export function askFor(question) {
  byId('question').value = question;
  ask(queryOfForm());
}

export function queryOfForm() {
  const value = (id) => byId(id).value;
  const query = { text: value('question'), kind: value('kind'), k: Number(value('k')), exact: byId('exact').checked, options: {} };
  for (const option of ['normalization', 'decoding', 'reading']) {
    query.options[option] = value(option);
  }
  if (value('least') !== '') {
    query.options.probabilityMin = Number(value('least'));
  }
  if (value('reference') !== '' && query.kind !== 'RETRIEVE') {
    query.options.references = [value('reference')];
  }
  return query;
}

/** Shows the answer; with a cause, beside the one before. */
async function ask(query, cause = null, before = null) {
  await show(async () => [await answered(query)], ([asked]) => {
    const { result } = asked.answer;
    const again = (why) => ask(query, why, asked);
    return {
      again,
      said: result.answer ? `Answer: ${short(result.answer.text, 200)}` : `Answered: ${short(inWords(result), 200)}`,
      view: [cause === null ? null : beforeAndAfter(before, asked, cause), textOf(query), ...whole(asked, again)],
    };
  });
}

/** A question's answer as it came, with what was sent and how long it took. */
export async function answered(query) {
  const sent = { id: `page-${randomId()}`, ...query };
  const began = performance.now();
  const text = await postForText('/v1/ask', sent);
  return { query, sent, text, answer: JSON.parse(text), ms: Math.round(performance.now() - began) };
}

/**
 * Asks, and shows what comes unless something else is asked meanwhile. answersOf(isWanted, note) gives the answers to come;
 * viewOf(answers) = { view: elements, said: for a screen reader, again }.
 */
export async function show(answersOf, viewOf) {
  const mine = ++asking;
  const isWanted = () => mine === asking;
  const place = byId('answer');
  place.hidden = false;
  place.setAttribute('aria-busy', 'true');
  try {
    const answers = await answersOf(isWanted, (text) => isWanted() && note(place, text));
    if (isWanted()) {
      const { view, said, again } = viewOf(answers);
      shown = { answers, again };
      answers.forEach(() => addQuestion());
      place.replaceChildren(
        el('h2', { class: 'unseen' }, 'Answer'),
        el('p', { id: 'changed', hidden: true }),
        ...view.filter((part) => part !== null));
      say(said);
    }
  } catch (failure) {
    if (isWanted()) {
      place.replaceChildren(el('p', { class: 'failure', role: 'alert' }, `No answer: ${failure.message}`));
    }
  }
  if (isWanted()) {
    place.removeAttribute('aria-busy');
  }
}

/** Above what is shown already: why it takes so long. */
function note(place, text) {
  const line = place.querySelector('.note') ?? el('p', { class: 'note' });
  if (line.textContent !== text) {
    line.textContent = text;
    place.prepend(line);
    say(text);
  }
}

/** What was asked. */
export function textOf(query) {
  return el('p', { class: 'asked quiet' }, el('bdi', { dir: 'auto' }, short(query.text, 300)));
}

/** One answer in full, and what can be done with it. */
export function whole(asked, again) {
  return [
    ...answerView(asked, {
      edit: (passage) => edit(passage.document, again),
      remove: (passage) => askToRemove(passage.document, again),
    }),
    el('p', { class: 'exports' },
      button('as curl', () => open('As curl', ...curl(asked))),
      button('as Kafka record', () => open('As Kafka record', ...record(asked))),
      button('JSON', () => open('The answer as it came', code(plainJson(JSON.parse(asked.text), 2), 'JSON')))),
  ];
}

/** Says that a passage of the shown answer has another text by now. */
function markChanged(status) {
  const passages = (shown?.answers ?? []).flatMap(({ answer }) => answer.result.passages);
  const passage = passages.find(({ document }) => document === status.id);
  if (!passage || !status.answerableAt || status.revision <= passage.revision || !byId('changed')?.hidden) {
    return;
  }
  const what = ` was ${status.outcome.toLowerCase()}`;
  byId('changed').hidden = false;
  byId('changed').className = 'changed';
  byId('changed').replaceChildren(
    el('span', { class: 'badge warn' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, '!'), 'no longer in force'),
    ' ', el('bdi', { dir: 'auto' }, short(status.id, 80)), `${what} since. `,
    button('ask again', () => shown.again(el('p', {}, 'What happened between: ', el('bdi', {}, short(status.id, 80)), `${what}.`))));
}

/** The token itself is not shown. */
function curl({ sent }) {
  const token = needsToken() ? ' -H "Authorization: Bearer $TOKEN"' : '';
  return [
    needsToken() ? el('p', {}, 'TOKEN holds the token of this door:') : null,
    code(`curl -H 'Content-Type: application/json'${token} -d ${quoted(plainJson(sent))} ${location.origin}/v1/ask`, 'curl command'),
  ].filter((part) => part !== null);
}

function record({ sent }) {
  const topic = known.status?.lags.find(({ reader }) => reader === 'retriever-queries')?.topic ?? 'realm.queries.v1';
  return [
    el('p', {}, `Topic ${topic}, with the id as key:`),
    code(plainJson(sent, 2), 'record'),
    el('p', {}, 'With Kafka\'s own tool, where BROKER holds the address of a broker:'),
    code(`printf '%s\\t%s\\n' ${quoted(sent.id)} ${quoted(plainJson(sent))} |\n  kafka-console-producer.sh --bootstrap-server "$BROKER" --topic ${topic} --property parse.key=true`, 'command'),
  ];
}

/** crypto.randomUUID exists only in secure contexts: https, or a page from this machine. */
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
