package io.realmstream.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.text.PassageText;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoders on the class path. */
class EncoderTest {
  private static PartCache cache;
  private static Encoder passages;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    cache = TestParts.cache(directory);
    passages = Encoder.open(DefaultCheckpoints.e5().documentTower(), cache);
  }

  @AfterAll
  static void close() {
    passages.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"e5", "minilm"})
  void questionIsCloserToItsPassageThanToAnother(String name) throws Exception {
    RetrieverCheckpoint checkpoint = DefaultCheckpoints.named(name);
    try (Encoder documents = Encoder.open(checkpoint.documentTower(), cache);
        Encoder queries = Encoder.open(checkpoint.queryTower(), cache)) {
      float[] rivers =
          documents.embedPassage("Rivers", "The Danube flows into the Black Sea.").vector();
      float[] music =
          documents.embedPassage("Music", "The quartet recorded its last album in 1970.").vector();
      float[] question = queries.embedQuery("Which sea does the Danube reach?").vector();

      assertThat(documents.dimension()).isEqualTo(384);
      assertThat(dot(question, question)).isCloseTo(1, within(1e-6));
      assertThat(dot(question, rivers)).isGreaterThan(dot(question, music) + 0.1);
    }
  }

  /** On 192 KiB the loading of twelve layers would end the whole process. */
  @Test
  void opensOnAThreadWithASmallStack() throws Exception {
    FutureTask<Encoder> opening =
        new FutureTask<>(() -> Encoder.open(DefaultCheckpoints.minilm().documentTower(), cache));
    new Thread(null, opening, "small", 192 << 10).start();

    try (Encoder encoder = opening.get()) {
      assertThat(encoder.dimension()).isEqualTo(384);
    }
  }

  @Test
  void sameTextGivesTheSameBitsAgainAndOnManyThreads() throws Exception {
    List<Callable<float[]>> calls = new ArrayList<>();
    List<float[]> serial = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String body = "Passage " + i + " is about " + "long and longer ".repeat(i % 12) + "things.";
      calls.add(() -> passages.embedPassage("Title", body).vector());
      serial.add(passages.embedPassage("Title", body).vector());
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> parallel = threads.invokeAll(calls);
      for (int i = 0; i < calls.size(); i++) {
        assertThat(parallel.get(i).get()).isEqualTo(serial.get(i));
        assertThat(calls.get(i).call()).isEqualTo(serial.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The prefix "passage: " has two tokens, the title one, [CLS] and [SEP] are two. */
  @Test
  void passageOfExactlyTheLimitIsWholeAndOneTokenMoreIsCut() throws Exception {
    Embedding whole = passages.embedPassage("Title", "a ".repeat(283));
    Embedding cut = passages.embedPassage("Title", "a ".repeat(284));

    assertThat(whole.truncated()).isFalse();
    assertThat(cut.truncated()).isTrue();
    assertThat(cut.vector()).isEqualTo(whole.vector());
  }

  @Test
  void splittersPassagesAreTakenWhole() throws Exception {
    String text = "A plain sentence of some length, not the first of its kind. ".repeat(60);
    List<PassageText> split = passages.splitter().split("A title of a few words", text);

    assertThat(split).hasSizeGreaterThan(1);
    for (PassageText passage : split) {
      assertThat(passages.embedPassage("A title of a few words", passage.text()).truncated())
          .isFalse();
    }
  }

  /** A word that is too long is one token, however long; the end of the text is not seen. */
  @ParameterizedTest
  @ValueSource(strings = {"e5", "minilm", "bge"})
  void fourMebibytesWithoutASpaceGiveTheVectorOfTheTokensThatAreUsed(String name) throws Exception {
    RetrieverCheckpoint checkpoint = DefaultCheckpoints.named(name);
    try (Encoder documents = Encoder.open(checkpoint.documentTower(), cache);
        Encoder queries = Encoder.open(checkpoint.queryTower(), cache)) {
      String letters = "x".repeat(4 << 20);
      assertThat(documents.embedPassage("Title", letters + " end").vector())
          .isEqualTo(documents.embedPassage("Title", "x".repeat(101) + " end").vector());
      assertThat(queries.embedQuery(letters + "?").vector())
          .isEqualTo(queries.embedQuery("x".repeat(101) + "?").vector());
      Embedding cut = documents.embedPassage("Title", "\u6771".repeat(4 << 20));
      assertThat(cut.truncated()).isTrue();
      assertThat(cut.vector())
          .isEqualTo(documents.embedPassage("Title", "\u6771".repeat(300)).vector());
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
