package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.model.evaluation.HeldAnswer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Another document that states the same as a trial's document. It holds only the sentence with the
 * answer.
 */
record SecondDocument(Trial trial, DocumentEdit edit) {

  /**
   * The second document; empty if the answer's sentence is the whole text, since it would be a
   * copy.
   */
  static Optional<SecondDocument> of(Trial trial) {
    String text = trial.document().text();
    HeldAnswer held = new HeldAnswer(trial.answers());
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    sentences.setText(text);
    int from = sentences.first();
    for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
      String sentence = text.substring(from, to).strip();
      if (held.isIn(sentence) && !sentence.equals(text.strip())) {
        return Optional.of(new SecondDocument(trial, edit(trial.document(), sentence)));
      }
      from = to;
    }
    return Optional.empty();
  }

  private static DocumentEdit edit(DocumentEdit document, String sentence) {
    return new DocumentEdit(
        document.id() + " again",
        1L,
        document.kind(),
        document.title(),
        sentence,
        false,
        null,
        Provenance.NONE);
  }

  /** The query whose result tells the uid of this document's passage. */
  Query passages() {
    return Asking.passages(trial.question(), 20);
  }

  /** The trial with this document's passage; none if that is not among those retrieved. */
  Optional<Found> found(AnswerResult retrieved) {
    return retrieved.passages().stream()
        .filter(passage -> passage.passage().document().equals(edit.id()))
        .map(Evidence::uid)
        .findFirst()
        .map(uid -> new Found(trial, uid));
  }

  /** Queries for the probability of the accepted answers, each beside the same other passages. */
  record Found(Trial trial, String uid) {
    Query first() {
      return asked(List.of(trial.gold()));
    }

    Query second() {
      return asked(List.of(uid));
    }

    Query both() {
      return asked(List.of(trial.gold(), uid));
    }

    private Query asked(List<String> evidence) {
      List<String> passages = new ArrayList<>(evidence);
      passages.addAll(trial.hard().subList(0, Trial.BESIDE));
      return Asking.scored(trial, passages);
    }
  }
}
