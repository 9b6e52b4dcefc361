package io.realmstream.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.HeadlessMaskedReader;
import io.realmstream.jobs.trial.CheckpointTrials.Outcome;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CheckpointTrialsTest implements MailboxExecutor, PartOpener {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();
  private static final PartOpener LOCAL =
      PartOpener.local(CheckpointTrialsTest.class.getClassLoader());

  private final BlockingQueue<ThrowingRunnable<? extends Exception>> mails =
      new LinkedBlockingQueue<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final CheckpointTrials trials;
  private long nowMs;

  /** How many more times nothing can be read. */
  private final AtomicInteger outages = new AtomicInteger();

  /** What goes wrong at the next reads. */
  private final Queue<Runnable> breaks = new ConcurrentLinkedQueue<>();

  CheckpointTrialsTest(@TempDir Path parts) {
    trials =
        new CheckpointTrials(new PartCache(parts, this), this, () -> nowMs, heard::incrementAndGet);
  }

  @AfterEach
  void close() throws Exception {
    trials.close();
  }

  @Test
  void partThatCannotBeReadForAMomentIsTriedAgainBehindAPause() throws Exception {
    outages.set(2);
    assertThat(outcomeOfNext(CHECKPOINT)).isNull();
    nowMs = 999;
    assertThat(trials.of(candidate(CHECKPOINT))).isNull();
    assertThat(outages).hasValue(1);
    nowMs = 1_000;
    assertThat(outcomeOfNext(CHECKPOINT)).isNull();
    assertThat(heard).hasValue(0);
    nowMs = 3_000;

    assertThat(outcomeOfNext(CHECKPOINT)).isEqualTo(new Outcome(null));
    assertThat(heard).hasValue(1);
    assertThat(trials.areOn()).isFalse();
  }

  @Test
  void partThatIsNeverThereIsRefusedBehindThreeMoreTrials() throws Exception {
    outages.set(5);
    for (long ms : new long[] {0, 1_000, 3_000}) {
      nowMs = ms;
      assertThat(outcomeOfNext(CHECKPOINT)).isNull();
    }
    nowMs = 7_000;
    Outcome outcome = Objects.requireNonNull(outcomeOfNext(CHECKPOINT));

    assertThat(outcome.refusal()).contains("not there");
    assertThat(outages).hasValue(1);
  }

  /** Memory may be there again a moment later. */
  @Test
  void errorIsTriedAgainBehindAPause() throws Exception {
    breaks.add(CheckpointTrialsTest::exhaust);
    assertThat(outcomeOfNext(CHECKPOINT)).isNull();
    assertThat(trials.of(candidate(CHECKPOINT))).isNull();
    nowMs = 1_000;

    assertThat(outcomeOfNext(CHECKPOINT)).isEqualTo(new Outcome(null));
    assertThat(heard).hasValue(1);
  }

  @Test
  void errorThatStaysIsRefusedBehindThreeMoreTrials() throws Exception {
    breaks.addAll(Collections.nCopies(4, CheckpointTrialsTest::exhaust));
    for (long ms : new long[] {0, 1_000, 3_000}) {
      nowMs = ms;
      assertThat(outcomeOfNext(CHECKPOINT)).isNull();
    }
    nowMs = 7_000;

    assertThat(outcomeOfNext(CHECKPOINT))
        .isEqualTo(new Outcome("the trial broke off: java.lang.OutOfMemoryError: Java heap space"));
  }

  @Test
  void uncheckedExceptionIsRefusedAtOnce() throws Exception {
    breaks.add(() -> Objects.checkIndex(7, 3));

    assertThat(Objects.requireNonNull(outcomeOfNext(CHECKPOINT)).refusal())
        .startsWith("the trial broke off: java.lang.IndexOutOfBoundsException: ")
        .contains("7");
    assertThat(heard).hasValue(1);
  }

  /** What the file is will not be otherwise a moment later. */
  @Test
  void wrongDigestIsRefusedAtOnce() throws Exception {
    EncoderTower tower = CHECKPOINT.documentTower();
    Part wrong = new Part(tower.trunk().uri(), "0".repeat(64));

    assertThat(Objects.requireNonNull(outcomeOfNext(withTrunk(wrong))).refusal())
        .contains("SHA-256");
  }

  @Test
  void schemeThatIsNotAllowedIsRefusedAtOnce() throws Exception {
    Part foreign = new Part("ftp://localhost/a.onnx", "0".repeat(64));

    assertThat(Objects.requireNonNull(outcomeOfNext(withTrunk(foreign))).refusal())
        .contains("not allowed");
  }

  @Test
  void readerOfMasksIsTriedToo() throws Exception {
    MaskedReaderPart spans =
        new MaskedReaderPart(
            CHECKPOINT.reader().model(),
            CHECKPOINT.reader().tokenizer(),
            TitleForm.NONE,
            16,
            8,
            128);

    assertThat(outcomeOfNext(CHECKPOINT.with(HeadlessMaskedReader.part())))
        .isEqualTo(new Outcome(null));
    assertThat(Objects.requireNonNull(outcomeOfNext(CHECKPOINT.with(spans))).refusal())
        .contains("mask_positions");
  }

  /** Begins a trial, and waits until it has ended. */
  private @Nullable Outcome outcomeOfNext(RetrieverCheckpoint checkpoint) throws Exception {
    assertThat(trials.of(candidate(checkpoint))).isNull();
    assertThat(trials.areOn()).isTrue();
    Objects.requireNonNull(mails.poll(2, TimeUnit.MINUTES), "no mail").run();
    return trials.areOn() ? null : trials.of(candidate(checkpoint));
  }

  private static void exhaust() {
    throw new OutOfMemoryError("Java heap space");
  }

  private static CheckpointCandidate candidate(RetrieverCheckpoint checkpoint) {
    return CheckpointCandidate.of(VersionTable.EMPTY, checkpoint);
  }

  private static RetrieverCheckpoint withTrunk(Part trunk) {
    EncoderTower tower = CHECKPOINT.documentTower();
    EncoderTower other =
        new EncoderTower(
            trunk,
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    return new RetrieverCheckpoint(
        "r",
        other,
        CHECKPOINT.queryTower(),
        CHECKPOINT.reader(),
        CHECKPOINT.scoreScale(),
        null,
        null,
        null);
  }

  @Override
  public InputStream open(URI uri) throws IOException {
    Runnable breaking = breaks.poll();
    if (breaking != null) {
      breaking.run();
    }
    if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new FileNotFoundException("not there");
    }
    return LOCAL.open(uri);
  }

  @Override
  public void execute(
      MailOptions options,
      ThrowingRunnable<? extends Exception> command,
      String description,
      Object... arguments) {
    mails.add(command);
  }

  @Override
  public void yield() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean tryYield() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean shouldInterrupt() {
    return false;
  }
}
