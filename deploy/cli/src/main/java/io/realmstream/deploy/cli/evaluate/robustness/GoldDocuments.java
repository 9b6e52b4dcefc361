package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.input.DocumentFormat;
import io.realmstream.deploy.cli.input.InputRow;
import io.realmstream.deploy.cli.input.Inputs;
import io.realmstream.deploy.cli.input.RowFields;
import io.realmstream.model.evaluation.HeldAnswer;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Documents of one passage each, and which questions they answer. */
final class GoldDocuments {
  private final Map<String, DocumentEdit> documents = new LinkedHashMap<>();
  private final int most;
  private final Set<String> needed = new HashSet<>();

  /**
   * @param documents in any order
   * @param most how many the run may hold, besides those that answer chosen questions
   */
  GoldDocuments(List<DocumentEdit> documents, int most) {
    documents.forEach(document -> this.documents.put(document.id(), document));
    this.most = most;
  }

  /**
   * Reads rows {@code {id, title, text}}.
   *
   * @throws CommandFailure at the first bad row, or if the file cannot be read
   */
  static GoldDocuments read(Path file, InputStream stdin, int most) throws IOException {
    List<DocumentEdit> documents = new ArrayList<>();
    try (Inputs inputs =
        Inputs.of(List.of(file.toString()), DocumentFormat.PASSAGES, RowFields.OF_FORMAT, stdin)) {
      for (InputRow row = inputs.next(); row != null; row = inputs.next()) {
        if (row.edit() == null) {
          throw CommandFailure.failed(row.position() + ": " + row.problem());
        }
        documents.add(with(row.edit(), 1, row.edit().text()));
      }
    }
    return new GoldDocuments(documents, most);
  }

  /** Another revision of a document, with another text. */
  static DocumentEdit with(DocumentEdit document, long revision, String text) {
    return new DocumentEdit(
        document.id(),
        revision,
        EditKind.UPSERT,
        document.title(),
        text,
        false,
        null,
        Provenance.NONE);
  }

  /**
   * Questions with a document that holds an accepted answer; each document once.
   *
   * @param most of more, some are taken at random
   */
  List<Trial.Draft> chosen(List<GoldQuestion> questions, int most, Random random) {
    List<GoldQuestion> shuffled = new ArrayList<>(questions);
    Collections.shuffle(shuffled, random);
    List<Trial.Draft> chosen = new ArrayList<>();
    for (GoldQuestion question : shuffled) {
      DocumentEdit document = document(question);
      if (chosen.size() < most && document != null && needed.add(document.id())) {
        chosen.add(new Trial.Draft(question, document, List.of()));
      }
    }
    return chosen;
  }

  private @Nullable DocumentEdit document(GoldQuestion question) {
    List<String> answers = question.answers();
    DocumentEdit document =
        question.passages().size() == 1 ? documents.get(question.passages().get(0)) : null;
    boolean answered =
        answers != null && document != null && new HeldAnswer(answers).isIn(document.text());
    return answered ? document : null;
  }

  /** The documents of the chosen questions, and others in the order of the file. */
  List<DocumentEdit> all() {
    List<DocumentEdit> all = new ArrayList<>();
    int others = 0;
    for (DocumentEdit document : documents.values()) {
      boolean isNeeded = needed.contains(document.id());
      if (isNeeded || others < most) {
        all.add(document);
        others += isNeeded ? 0 : 1;
      }
    }
    return all;
  }
}
