package io.realmstream.deploy.bench.refresh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.bench.Workload;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.client.Connection;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One client that asks and edits at steady rates and times what comes back, all on its caller's
 * thread. A question's time begins when it was due, not when it could be sent: what holds the
 * client up counts.
 */
final class Traffic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration TURN = Duration.ofMillis(20);

  private final EditedDocuments editedDocuments;
  private final Rates rates;
  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Workload workload = new Workload();
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<String, Long> edited = new HashMap<>();
  private final Map<Integer, Long> answersByVersion = new TreeMap<>();
  private VersionTable table = VersionTable.EMPTY;
  private Times times = new Times();
  private long sent;
  private long answered;
  private long faulty;
  private long deadLetters;

  /** Milliseconds. */
  static final class Times {
    /** From when a question was due until its answer came. */
    final Samples answers = new Samples();

    /** From producing an edit until answers began to see it. */
    final Samples edits = new Samples();
  }

  /**
   * How much a second.
   *
   * @param retrieve RETRIEVE questions, while those are asked
   * @param openQa OPEN_QA questions, while those are asked
   * @param edits of one passage each, always
   */
  record Rates(double retrieve, double openQa, double edits) {}

  /**
   * What became of all questions.
   *
   * @param faulty neither answered nor found without an answer, or partial, or not exact
   * @param byVersion how many answers came from each version
   */
  record Tally(
      long sent, long answered, long faulty, long deadLetters, Map<Integer, Long> byVersion) {
    Tally {
      byVersion = Map.copyOf(byVersion);
    }
  }

  Traffic(Connection connection, EditedDocuments editedDocuments, Rates rates) {
    this.editedDocuments = editedDocuments;
    this.rates = rates;
    topics = connection.topics();
    producer = connection.producer();
    consumer = connection.consumer();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(
            topics.answers(),
            topics.documentStatus(),
            topics.indexVersions(),
            topics.deadLetters())) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The version table as far as the log has come in. */
  VersionTable table() {
    return table;
  }

  Tally tally() {
    return new Tally(sent, answered, faulty, deadLetters, answersByVersion);
  }

  void publish(RetrieverCheckpoint checkpoint) {
    send(
        topics.retrieverCheckpoints(),
        checkpoint.retriever(),
        Codecs.RETRIEVER_CHECKPOINT.encode(checkpoint));
  }

  /** Sends the first revisions; returns when all are answerable. */
  void load() {
    edit(editedDocuments.documents());
    await("all documents", this::isQuiet);
  }

  /**
   * Asks and edits for so long, or until it is over; returns when all of it is answered and
   * answerable.
   */
  Times run(QueryKind kind, Duration length, BooleanSupplier over) {
    times = new Times();
    double perSecond = kind == QueryKind.RETRIEVE ? rates.retrieve() : rates.openQa();
    long start = System.nanoTime();
    long questions = 0;
    long edits = 0;
    while (System.nanoTime() - start < length.toNanos() && !over.getAsBoolean()) {
      long nextQuestion = start + (long) (questions * 1e9 / perSecond);
      long nextEdit = start + (long) ((edits + 0.5) * 1e9 / rates.edits());
      long now = System.nanoTime();
      if (now >= nextQuestion) {
        ask(workload.questions(kind, 1).get(0), nextQuestion);
        questions++;
      } else if (now >= nextEdit) {
        edit(editedDocuments.edits(1));
        edits++;
      } else {
        poll(Duration.ofNanos(Math.min(nextQuestion, nextEdit) - now));
      }
    }
    await("all answers", this::isQuiet);
    return times;
  }

  /** Asks one and waits for its answer. */
  void ask(QueryKind kind) {
    ask(workload.questions(kind, 1).get(0), System.nanoTime());
    await("an answer", this::isQuiet);
  }

  /** Sends edits at once; returns how many a second became answerable. */
  double burst(int count) {
    times = new Times();
    long start = System.nanoTime();
    edit(editedDocuments.edits(count));
    await("all edits", this::isQuiet);
    return count * 1e9 / (System.nanoTime() - start);
  }

  /** Reads until something holds. */
  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw CommandFailure.timedOut(
            "not within %s: %s; %d questions and %d edits wait"
                .formatted(PATIENCE, what, asked.size(), edited.size()));
      }
      poll(TURN);
    }
  }

  private boolean isQuiet() {
    return asked.isEmpty() && edited.isEmpty();
  }

  private void ask(Query query, long due) {
    asked.put(query.id(), due);
    sent++;
    send(topics.queries(), query.id(), Codecs.QUERY.encode(query));
  }

  private void edit(List<DocumentEdit> edits) {
    for (DocumentEdit edit : edits) {
      edited.put(edit.id() + " " + edit.revision(), System.currentTimeMillis());
      send(topics.documents(), edit.id(), Codecs.DOCUMENT_EDIT.encode(edit));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is lost is waited for in vain
  private void send(String topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value));
  }

  private void poll(Duration atMost) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
    long now = System.nanoTime();
    records.forEach(record -> take(record, now));
  }

  private void take(ConsumerRecord<byte[], byte[]> record, long now) {
    try {
      if (record.topic().equals(topics.answers())) {
        take(Codecs.ANSWER.decode(record.value()), now);
      } else if (record.topic().equals(topics.documentStatus())) {
        take(Codecs.DOCUMENT_STATUS.decode(record.value()));
      } else if (record.topic().equals(topics.indexVersions())) {
        table = table.apply(Codecs.VERSION_PROPOSAL.decode(record.value())).table();
      } else {
        deadLetters++;
      }
    } catch (BadRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(Answer answer, long now) {
    Long due = asked.remove(answer.id());
    if (due == null) {
      return; // a repetition
    }
    AnswerResult result = answer.result();
    times.answers.add((now - due) / 1e6);
    answered++;
    boolean told =
        result.status() == AnswerStatus.ANSWERED || result.status() == AnswerStatus.NO_ANSWER;
    faulty += told && result.coverage().exact() && !result.coverage().partial() ? 0 : 1;
    if (result.version() != null) {
      answersByVersion.merge(result.version().number(), 1L, Long::sum);
    }
  }

  /** The version that answers is written first, so its status comes first. */
  private void take(DocumentStatus status) {
    Instant answerable = status.progress().answerableAt();
    Long since = answerable == null ? null : edited.remove(status.id() + " " + status.revision());
    if (since != null && answerable != null) {
      times.edits.add((double) (answerable.toEpochMilli() - since));
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    consumer.close();
  }
}
