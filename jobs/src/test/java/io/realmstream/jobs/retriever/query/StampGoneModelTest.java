package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions whose model files are not there, for good or for a while. */
class StampGoneModelTest extends StampHarness {
  /** The log of a knowledge base whose first versions' models are not kept any more. */
  @Test
  void onlyTheVersionThatIsInForceAtTheLogsEndIsOpened(@TempDir Path folder) throws Exception {
    reopen(folder);
    propose(1, null, VersionState.BUILDING, withQueryTower("1", folder.resolve("gone.onnx")));
    propose(1, VersionState.BUILDING, VersionState.ACTIVE, null);
    propose(1, VersionState.ACTIVE, VersionState.READY, null);
    for (int version = 2; version <= 3; version++) {
      Path file = Files.write(folder.resolve(version + ".onnx"), otherBytes());
      propose(version, null, VersionState.BUILDING, withQueryTower("" + version, file));
      propose(version, VersionState.BUILDING, VersionState.READY, null);
      propose(version, VersionState.READY, VersionState.ACTIVE, null);
      propose(version - 1, VersionState.READY, VersionState.RETIRED, null);
    }
    ask();
    assertThat(stamps()).isEmpty();
    assertThat(folder.resolve("kept")).doesNotExist();
    end();
    ask();

    assertThat(stamps()).containsExactly(3);
    assertThat(answers())
        .extracting(AnswerResult::status, AnswerResult::reason)
        .containsExactly(tuple(AnswerStatus.UNAVAILABLE_VERSION, "the version log is being read"));
  }

  /** Its file is not there at first: the old version answers until it has come. */
  @Test
  void versionThatFailsToOpenIsTriedAgainWhileTheOneBeforeAnswers(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("late.onnx");
    reopen(folder);
    serveFirst();
    replaceBy(withQueryTower("late", file));
    for (int i = 0; i < 5; i++) {
      harness.setProcessingTime(harness.getProcessingTime() + 1_000);
      ask();
    }
    assertThat(stamps()).containsOnly(1).hasSize(5);
    Files.write(file, otherBytes());

    awaitSecondBySecond(
        () -> {
          ask();
          return stamps().contains(2);
        });
  }

  /** Marks come each second: no question has to be asked, and fail, before it is tried again. */
  @Test
  void firstVersionIsTriedAgainThoughNobodyAsks(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("late.onnx");
    reopen(folder);
    end();
    propose(1, null, VersionState.BUILDING, withQueryTower("first", file));
    propose(1, VersionState.BUILDING, VersionState.ACTIVE, null);
    ask();
    assertThat(answers())
        .extracting(AnswerResult::status)
        .containsExactly(AnswerStatus.UNAVAILABLE_VERSION);
    Files.write(file, otherBytes());
    awaitSecondBySecond(
        () -> {
          see(new FreshnessMark(1, 1, null));
          return Files.exists(folder.resolve("kept").resolve(digest(otherBytes())).resolve("part"));
        });
    awaitSecondBySecond(
        () -> {
          ask();
          return stamps().contains(1);
        });
  }

  private void awaitSecondBySecond(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInSameThread()
        .until(
            () -> {
              harness.setProcessingTime(harness.getProcessingTime() + 1_000);
              return condition.call();
            });
  }

  private void reopen(Path folder) throws Exception {
    close();
    open(
        new StampFunction(
            new Models(
                new Configuration()
                    .set(RealmOptions.MODEL_DIRECTORY, folder.resolve("kept").toString())
                    .set(
                        RealmOptions.MODEL_SOURCES,
                        List.of("classpath:", folder.toUri().toString()))),
            16,
            Duration.ofMinutes(5)));
  }

  /** Towers of that prefix: models are shared in this JVM by all that says what they do. */
  private static RetrieverCheckpoint withQueryTower(String prefix, Path file) throws Exception {
    Part part = new Part(file.toUri().toString(), digest(otherBytes()));
    return new RetrieverCheckpoint(
        prefix,
        tower(CHECKPOINT.documentTower().trunk(), prefix + " of " + file.getParent()),
        tower(part, prefix + " of " + file.getParent()),
        CHECKPOINT.reader(),
        CHECKPOINT.scoreScale(),
        null,
        null,
        null);
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** The trunk that ships with a comment in it: field 6 of ONNX's ModelProto. */
  private static byte[] otherBytes() throws Exception {
    String resource = CHECKPOINT.documentTower().trunk().uri().substring("classpath:".length());
    try (InputStream in =
        Objects.requireNonNull(
            StampGoneModelTest.class.getClassLoader().getResourceAsStream(resource))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      in.transferTo(bytes);
      bytes.write(new byte[] {6 << 3 | 2, 1, 'x'});
      return bytes.toByteArray();
    }
  }
}
