package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run and its relevance judgements as trec_eval reads them.
 *
 * <pre>
 * run.trec     question Q0 document rank score tag
 * qrels.trec   question 0 document 1
 * </pre>
 *
 * <p>A document stands once a question, where its best passage does. White space, which separates
 * the columns, and % are written as in URLs.
 */
final class TrecFiles implements Closeable {
  private final Writer run;
  private final Writer judgements;

  TrecFiles(Path directory) throws IOException {
    run = Files.newBufferedWriter(directory.resolve("run.trec"));
    try {
      judgements = Files.newBufferedWriter(directory.resolve("qrels.trec"));
    } catch (IOException e) {
      run.close();
      throw e;
    }
  }

  /** Writes a question's passages and, if it has any, its relevant documents. */
  void add(GoldQuestion gold, @Nullable AnswerResult result) {
    String question = column(gold.id());
    try {
      if (result != null) {
        run(question, result);
      }
      for (String passage : gold.passages()) {
        judgements.write(question + " 0 " + column(passage) + " 1\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String question, AnswerResult result) throws IOException {
    String tag = result.version() == null ? "realm" : "realm-v" + result.version().number();
    Set<String> seen = new HashSet<>();
    for (Evidence passage : result.passages()) {
      if (seen.add(passage.passage().document())) {
        run.write(
            String.join(
                " ",
                question,
                "Q0",
                column(passage.passage().document()),
                Integer.toString(seen.size()),
                Double.toString(passage.score()),
                tag));
        run.write('\n');
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (judgements) {
      run.close();
    }
  }

  private static String column(String text) {
    StringBuilder column = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (character == '%' || separates(character)) {
                for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                  column.append(String.format("%%%02X", b));
                }
              } else {
                column.appendCodePoint(character);
              }
            });
    return column.toString();
  }

  /** Whether some reader of the files would see the end of a column or line there. */
  private static boolean separates(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character);
  }
}
