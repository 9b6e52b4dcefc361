package io.realmstream.jobs.retriever.answer;

import io.realmstream.jobs.HeadlessMaskedReader;
import io.realmstream.jobs.MeasuredOperator;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.retriever.gather.RankedPassage;
import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.masked.MaskReading;
import io.realmstream.model.masked.MaskedAnswer;
import io.realmstream.model.masked.MaskedLm;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The operator that reads, with the reader that ships; no retrieval before it. */
public final class ReadHarness {
  static final RetrieverCheckpoint CHECKPOINT =
      DefaultCheckpoints.minilm().with(HeadlessMaskedReader.part());

  /** About 280 wordpieces. */
  private static final String PASSAGE =
      "Victoria Falls lies on the Zambezi. It is 108 metres high. ".repeat(18);

  private final OneInputStreamOperatorTestHarness<RetrievedQuery, OutboundRecord> harness;

  private final MeasuredOperator operator = new MeasuredOperator();

  /** Reads each passage anew: readings are not shared. */
  ReadHarness(int threads, int questionsMax) throws Exception {
    this(threads, questionsMax, models(Duration.ZERO));
  }

  ReadHarness(int threads, int questionsMax, Models models) throws Exception {
    ReadFunction read = new ReadFunction(models, threads, questionsMax);
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new AsyncWaitOperatorFactory<>(read, 0, 2 * questionsMax, OutputMode.UNORDERED),
            TypeInformation.of(RetrievedQuery.class)
                .createSerializer(new ExecutionConfig().getSerializerConfig()),
            operator.environment().build());
    harness.open();
  }

  /** How many values a histogram has been given. */
  long values(String histogram) {
    return ((Histogram) operator.metric(histogram)).getCount();
  }

  static Models models(Duration sharedFor) {
    return new Models(
        new Configuration()
            .set(RealmOptions.MODEL_DIRECTORY, Path.of("target", "models").toString())
            .set(RealmOptions.READ_SHARED_FOR, sharedFor));
  }

  /** A question whose k passages are found already. */
  static RetrievedQuery question(String id, int k, long deadlineMs) {
    return retrieved(stamped(id, k, deadlineMs), k);
  }

  /** A question for which so many passages are found already. */
  static RetrievedQuery retrieved(StampedQuery stamped, int found) {
    List<RankedPassage> passages = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      FoundPassage passage =
          new FoundPassage(
              new Hash128(i, 1),
              new Hash128(i, 2),
              new QuotedPassage(
                  "document " + i, "", PASSAGE, 1, null, 0, PASSAGE.length(), Provenance.NONE));
      passages.add(new RankedPassage(passage, 10 - i * 0.001));
    }
    EmbeddedQuery embedded =
        new EmbeddedQuery(stamped, new float[] {1}, null, false, 0, null, null);
    long now = System.currentTimeMillis();
    return new RetrievedQuery(
        embedded, passages, new SearchTally(4, 1, 1), true, 0, false, now, null);
  }

  public static StampedQuery stamped(String id, int k, long deadlineMs) {
    return stamped(id, QueryKind.OPEN_QA, k, deadlineMs);
  }

  public static StampedQuery stamped(String id, QueryKind kind, int k, long deadlineMs) {
    String text =
        kind == QueryKind.MASKED_LM
            ? "Victoria Falls is [MASK] high."
            : "How high is Victoria Falls?";
    return stamped(
        new Query(
            id, text, kind, new QueryScope(k, null, true, null, null), null, QueryOptions.DEFAULT),
        deadlineMs);
  }

  static StampedQuery stamped(Query query, long deadlineMs) {
    return new StampedQuery(
        new QueryRequest(
            query.id(), query, deadlineMs, List.of(), SearchLimit.first(query.passages())),
        System.currentTimeMillis(),
        new IndexVersion(
            1,
            TowerDigest.of(CHECKPOINT.documentTower()).toString(),
            TowerDigest.of(CHECKPOINT.queryTower()).toString(),
            TowerDigest.of(CHECKPOINT.reader()).toString(),
            "flat-4"),
        1,
        CHECKPOINT,
        true,
        null,
        WhiteSpace.NONE);
  }

  /** What a masked question is to be answered, from so many of the passages. */
  static MaskedAnswer maskedAnswer(String text, int k) throws Exception {
    Models models = new Models(Path.of("target", "models").toString());
    var lease = models.maskedReader(HeadlessMaskedReader.part());
    try {
      MaskedReader reader = lease.model().get();
      MaskedQuestion question = reader.question(text);
      List<Candidate> candidates = new ArrayList<>();
      List<MaskReading> readings = new ArrayList<>();
      for (int i = 0; i < k; i++) {
        Hash128 uid = new Hash128(i, 1);
        candidates.add(new Candidate(uid, uid, 10 - i * 0.001, PASSAGE, null));
        readings.add(reader.read(question, "", PASSAGE));
      }
      return MaskedLm.answer(candidates, readings, 5);
    } finally {
      lease.close();
    }
  }

  void ask(RetrievedQuery question) throws Exception {
    harness.processElement(new StreamRecord<>(question));
  }

  /** Lets what is answered leave; the answers since the last call. */
  List<Answer> answers() throws Exception {
    var mailbox = harness.getTaskMailbox();
    for (var mail = mailbox.tryTake(0); mail.isPresent(); mail = mailbox.tryTake(0)) {
      mail.get().run();
    }
    List<Answer> answers = new ArrayList<>();
    for (OutboundRecord record : harness.extractOutputValues()) {
      answers.add(decode(record));
    }
    harness.getOutput().clear();
    return answers;
  }

  private static Answer decode(OutboundRecord record) throws BadRecordException {
    return Codecs.ANSWER.decode(Objects.requireNonNull(record.value()));
  }

  void close() throws Exception {
    harness.close();
  }
}
