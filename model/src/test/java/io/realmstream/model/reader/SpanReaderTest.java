package io.realmstream.model.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanReaderTest {
  private static SpanReader reader;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    PartCache cache =
        new PartCache(directory, PartOpener.local(SpanReaderTest.class.getClassLoader()));
    reader = SpanReader.open(DefaultCheckpoints.e5().reader(), cache);
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @Test
  void findsTheAnswersSpan() throws Exception {
    String body = "Ada Quill was born in Lindow in 1871. She died in Paris at the age of sixty.";

    assertThat(best("Where did Ada Quill die?", "Ada Quill", body)).isEqualTo("Paris");
    assertThat(best("When was Ada Quill born?", "Ada Quill", body)).isEqualTo("1871");
  }

  /** The text of the best span, or the empty text when the no-answer score beats it. */
  private static String best(String question, String title, String body) throws Exception {
    PassageReading reading = reader.read(question, title, body);
    String best = "";
    double bestScore = reading.noAnswerScore();
    for (int a = 0; a < reading.startScores().length; a++) {
      for (int b = a; b < Math.min(a + 10, reading.endScores().length); b++) {
        double score = reading.startScores()[a] + reading.endScores()[b];
        if (score > bestScore) {
          bestScore = score;
          best = body.substring(reading.tokenStarts()[a], reading.tokenEnds()[b]);
        }
      }
    }
    return best;
  }
}
