package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.input.InputRow;
import io.realmstream.deploy.cli.input.Inputs;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.text.PassageSplitter;
import io.realmstream.model.text.PassageText;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of files, as passages. A later row of an id replaces the earlier one.
 *
 * @param numbers of documents that have a passage, by id, from 0
 * @param passages in the order of their documents
 */
public record Corpus(Map<String, Integer> numbers, List<Passage> passages) {

  /**
   * A passage.
   *
   * @param document its document's number
   * @param group what it is held out and drawn with: the title, so that all passages of an article
   *     stay together, or the id where there is none
   */
  public record Passage(int document, String group, String title, String text) {}

  /**
   * Reads them.
   *
   * @param encoder splits documents as the knowledge base would
   * @throws CommandFailure at the first bad row, or if nothing is left
   */
  public static Corpus read(Inputs inputs, Encoder encoder) throws IOException {
    Map<String, DocumentEdit> documents = new LinkedHashMap<>();
    for (InputRow row = inputs.next(); row != null; row = inputs.next()) {
      DocumentEdit edit = row.edit();
      if (edit == null) {
        throw CommandFailure.failed(row.position() + ": " + row.problem());
      }
      documents.remove(edit.id());
      if (edit.kind() == EditKind.UPSERT) {
        documents.put(edit.id(), edit);
      }
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    List<Passage> passages = new ArrayList<>();
    PassageSplitter splitter = encoder.splitter();
    for (DocumentEdit document : documents.values()) {
      List<String> texts = texts(document, splitter);
      if (texts.isEmpty()) {
        continue;
      }
      int number = numbers.size();
      numbers.put(document.id(), number);
      String title = text(document.title());
      String group = title.isEmpty() ? document.id() : title;
      for (String text : texts) {
        passages.add(new Passage(number, group, title, text));
      }
    }
    if (passages.isEmpty()) {
      throw CommandFailure.failed("no passage in the documents");
    }
    return new Corpus(numbers, passages);
  }

  /** Number of each passage's document. */
  public int[] documents() {
    return passages.stream().mapToInt(Passage::document).toArray();
  }

  private static List<String> texts(DocumentEdit document, PassageSplitter splitter) {
    String text = text(document.text());
    if (!document.split()) {
      return text.isBlank() ? List.of() : List.of(text);
    }
    return splitter.split(text(document.title()), text).stream().map(PassageText::text).toList();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
