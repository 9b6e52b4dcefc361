/** Asks questions, shows them, and asks again when something changed. */

import { byId, button, el, plainJson, say, short } from './dom.js';
import { postForText } from './door.js';
import { answerView } from './answer.js';
import { askToRemove, edit } from './edit.js';
import { code, open, quoted } from './dialog.js';
import { comparison } from './compare.js';
import { known, on } from './state.js';
import { addQuestion } from './timeline.js';

/** The question that is shown, with its answer; null before the first. */
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

function queryOfForm() {
  const value = (id) => byId(id).value;
  const query = { text: value('question'), kind: value('kind'), k: Number(value('k')), exact: byId('exact').checked, options: {} };
  for (const option of ['normalization', 'decoding', 'reading']) {
    query.options[option] = value(option);
  }
  return query;
}

/** Asks and shows the answer; with a cause, beside the answer before. */
async function ask(query, cause = null) {
  const mine = ++asking;
  const before = shown;
  const sent = { id: `page-${randomId()}`, ...query };
  byId('answer').hidden = false;
  byId('answer').setAttribute('aria-busy', 'true');
  const began = performance.now();
  try {
    const text = await postForText('/v1/ask', sent);
    if (mine === asking) {
      shown = { query, sent, text, answer: JSON.parse(text), ms: Math.round(performance.now() - began) };
      addQuestion();
      show(cause === null || before === null ? null : comparison(before, shown, cause));
    }
  } catch (failure) {
    if (mine === asking) {
      byId('answer').replaceChildren(el('p', { class: 'failure', role: 'alert' }, `No answer: ${failure.message}`));
    }
  }
  if (mine === asking) {
    byId('answer').removeAttribute('aria-busy');
  }
}

function show(compared) {
  const { result } = shown.answer;
  const again = (cause) => ask(shown.query, cause);
  byId('answer').replaceChildren(
    el('h2', { class: 'unseen' }, 'Answer'),
    ...(compared === null ? [] : [compared]),
    el('p', { id: 'changed', hidden: true }),
    el('p', { class: 'asked quiet' }, el('bdi', { dir: 'auto' }, short(shown.query.text, 300))),
    ...answerView(shown, {
      edit: (passage) => edit(passage.document, again),
      remove: (passage) => askToRemove(passage.document, again),
    }),
    el('p', { class: 'exports' },
      button('as curl', () => open('As curl', code(curl(), 'curl command'))),
      button('as Kafka record', () => open('As Kafka record', ...record())),
      button('JSON', () => open('The answer as it came', code(plainJson(JSON.parse(shown.text), 2), 'JSON')))));
  say(result.answer ? `Answer: ${short(result.answer.text, 200)}` : `Answered: ${result.status}`);
}

/** Says that a passage of the shown answer has another text by now. */
function markChanged(status) {
  const passage = shown?.answer.result.passages.find(({ document }) => document === status.id);
  if (!passage || !status.answerableAt || status.revision <= passage.revision || !byId('changed')?.hidden) {
    return;
  }
  byId('changed').hidden = false;
  byId('changed').className = 'changed';
  byId('changed').replaceChildren(
    el('span', { class: 'badge warn' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, '!'), 'no longer in force'),
    ' ', el('bdi', { dir: 'auto' }, short(status.id, 80)), ` was ${status.outcome.toLowerCase()} since. `,
    button('ask again', () => ask(shown.query, el('p', {}, 'What happened between: ', el('bdi', {}, short(status.id, 80)), ` was ${status.outcome.toLowerCase()}.`))));
}

function curl() {
  return `curl -H 'Content-Type: application/json' -d ${quoted(plainJson(shown.sent))} ${location.origin}/v1/ask`;
}

function record() {
  const topic = known.status?.lags.find(({ reader }) => reader === 'retriever-queries')?.topic ?? 'realm.queries.v1';
  return [
    el('p', {}, `Topic ${topic}, with the id as key:`),
    code(plainJson(shown.sent, 2), 'record'),
    el('p', {}, 'With Kafka\'s own tool:'),
    code(`printf '%s\\t%s\\n' ${quoted(shown.sent.id)} ${quoted(plainJson(shown.sent))} |\n  kafka-console-producer.sh --bootstrap-server localhost:9092 --topic ${topic} --property parse.key=true`, 'command'),
  ];
}

/** crypto.randomUUID exists only in secure contexts: https, or a page from this machine. */
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
