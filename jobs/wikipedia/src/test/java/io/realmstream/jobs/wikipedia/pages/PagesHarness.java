package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.wikipedia.MeasuredEnvironment;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Scope;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The pages operator on RocksDB, before a local API; its time passes as the test says. */
public final class PagesHarness implements AutoCloseable {
  static final long START_MS = 1_772_357_400_000L;
  private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private final OneInputStreamOperatorTestHarness<Statement, OutboundRecord> harness;
  private final MeasuredEnvironment environment = new MeasuredEnvironment();
  private long nowMs;

  public PagesHarness(LocalApi api, Duration hold, OperatorSubtaskState... restored)
      throws Exception {
    this(settings(api, hold, 100), TextExtractor.CURRENT, restored);
  }

  PagesHarness(PagesSettings settings, TextExtractor extractor, OperatorSubtaskState... restored)
      throws Exception {
    nowMs = START_MS;
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new PagesOperatorFactory(settings, extractor), environment.create());
    harness.getStreamConfig().setStatePartitioner(0, (Statement said) -> said.key());
    harness.getStreamConfig().setStateKeySerializer(StringSerializer.INSTANCE);
    harness.getStreamConfig().serializeAllConfigs();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(false));
    harness.setProcessingTime(nowMs);
    harness.setup();
    if (restored.length > 0) {
      harness.initializeState(restored[0]);
    }
    harness.open();
  }

  static PagesSettings settings(LocalApi api, Duration hold, int waitingMax) {
    return new PagesSettings(
        new Scope(Set.of(0), true),
        Duration.ofSeconds(5),
        hold,
        waitingMax,
        "CC BY-SA 4.0",
        api.settings(60_000));
  }

  public MeasuredEnvironment metrics() {
    return environment;
  }

  /** A statement about page 974. */
  static Statement said(StatementKind kind, long revision, long atMs, String hash) {
    return said(974, kind, new RevisionFacts(revision, atMs, hash, 0, true), atMs);
  }

  static Statement said(long page, StatementKind kind, RevisionFacts revision, long atMs) {
    PageFacts facts = new PageFacts("Ada Lovelace", 0, false, "wikitext");
    return new Statement("enwiki", page, kind, atMs, atMs, facts, revision, null);
  }

  void take(Statement... statements) throws Exception {
    for (Statement statement : statements) {
      harness.processElement(statement, 0);
    }
  }

  /** Lets time pass, a little at once. */
  void pass(Duration time) throws Exception {
    for (long left = time.toMillis(); left > 0; left -= 100) {
      nowMs += Math.min(100, left);
      harness.setProcessingTime(nowMs);
      mails();
    }
  }

  /** Lets time pass until it is so. */
  void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + edits() + outcomes());
      }
      pass(Duration.ofMillis(50));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void mails() throws Exception {
    for (var mail = harness.getTaskMailbox().tryTake(0);
        mail.isPresent();
        mail = harness.getTaskMailbox().tryTake(0)) {
      mail.get().run();
    }
  }

  List<DocumentEdit> edits() {
    List<DocumentEdit> edits = new ArrayList<>();
    for (OutboundRecord record : harness.extractOutputValues()) {
      try {
        edits.add(Codecs.DOCUMENT_EDIT.decode(Objects.requireNonNull(record.value())));
      } catch (BadRecordException e) {
        throw new AssertionError(e);
      }
    }
    return edits;
  }

  /** As "OUTCOME REASON revision". */
  List<String> outcomes() {
    var records = harness.getSideOutput(PagesOutput.OUTCOMES);
    List<String> outcomes = new ArrayList<>();
    if (records != null) {
      for (StreamRecord<OutboundRecord> record : records) {
        outcomes.add(outcome(record.getValue()));
      }
    }
    return outcomes;
  }

  private static String outcome(OutboundRecord record) {
    try {
      WikipediaOutcome outcome =
          Codecs.WIKIPEDIA_OUTCOME.decode(Objects.requireNonNull(record.value()));
      return outcome.outcome() + " " + outcome.reason() + " " + outcome.revisionId();
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** Forgets what came out so far. */
  void clear() {
    harness.getOutput().clear();
    var outcomes = harness.getSideOutput(PagesOutput.OUTCOMES);
    if (outcomes != null) {
      outcomes.clear();
    }
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
