package io.realmstream.deploy.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.bench.faults.History.Sent;
import io.realmstream.deploy.bench.faults.Ledger.Received;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One client that asks and edits at steady rates on a thread of its own, whatever happens to the
 * cluster, and writes down what becomes of it.
 */
final class Witness implements AutoCloseable {
  private static final Duration TURN = Duration.ofMillis(10);

  /** A question that is answered late is answered: longer than any fault. */
  private static final Duration DEADLINE = Duration.ofMinutes(9);

  private static final List<Integer> PASSAGES = List.of(1, 5, 20);

  private final History history;
  private final Rates rates;
  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::run, "witness");

  /** Places of the records that were refused, as {@link #place} writes them. */
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  private volatile Ledger ledger = new Ledger();
  private volatile boolean sending;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;
  private volatile VersionTable table = VersionTable.EMPTY;
  private int questions;

  /** How many a second. */
  record Rates(double questions, double edits) {}

  private Witness(Connection connection, Rates rates, History history) {
    this.rates = rates;
    this.history = history;
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

  /** Begins to listen; it sends nothing yet. */
  static Witness open(Connection connection, Rates rates, History history) {
    Witness witness = new Witness(connection, rates, history);
    witness.thread.start();
    return witness;
  }

  /** A record's place. */
  static String place(String topic, int partition, long offset) {
    return topic + " " + partition + " " + offset;
  }

  /** Begins a round: a new ledger, and questions and edits until {@link #rest}. */
  Ledger begin() {
    Ledger next = quietly();
    sending = true;
    return next;
  }

  /** Begins a round without questions and edits. */
  Ledger quietly() {
    Ledger next = new Ledger();
    ledger = next;
    return next;
  }

  /** Sends nothing any more, and goes on listening. */
  void rest() {
    sending = false;
  }

  /** Whether a dead letter names a record's place. */
  boolean isRefused(String place) {
    return refused.contains(place);
  }

  /** Whether the newest version is of a checkpoint. */
  boolean isKnown(RetrieverCheckpoint checkpoint) {
    VersionEntry newest = table.newest();
    return newest != null && newest.checkpoint().equals(checkpoint);
  }

  /** The number of the version that answers. */
  int version() {
    return Objects.requireNonNull(table.active()).version();
  }

  /** That of the round. */
  Ledger ledger() {
    return ledger;
  }

  /** Whether answers come from a checkpoint, all documents are in it, and none is being built. */
  boolean isSettled(RetrieverCheckpoint checkpoint) {
    VersionEntry active = table.active();
    return active != null
        && active.checkpoint().equals(checkpoint)
        && active.complete()
        && table.building() == null;
  }

  /** Publishes a checkpoint. */
  void publish(RetrieverCheckpoint checkpoint) {
    send(
        new ProducerRecord<>(
            topics.retrieverCheckpoints(),
            checkpoint.retriever().getBytes(UTF_8),
            Codecs.RETRIEVER_CHECKPOINT.encode(checkpoint)),
        at -> {});
  }

  /** Sends an edit. */
  void edit(Sent sent) {
    Ledger now = ledger;
    String id = sent.edit().id();
    send(
        new ProducerRecord<>(
            topics.documents(), id.getBytes(UTF_8), Codecs.DOCUMENT_EDIT.encode(sent.edit())),
        at -> {
          sent.acknowledged(at.timestamp());
          now.edited(sent);
        });
  }

  /** Asks one of the sample's questions for so many passages of all cells. */
  void ask(int passages) {
    List<SampleKnowledgeBase.Question> sample = SampleKnowledgeBase.questions();
    ask(sample.get(questions % sample.size()).question(), passages);
  }

  /** Asks for so many passages of all cells. */
  synchronized void ask(String text, int passages) {
    Query query =
        new Query(
            "witness-" + questions++,
            text,
            QueryKind.RETRIEVE,
            new QueryScope(passages, null, true, null, null),
            Instant.now().plus(DEADLINE).truncatedTo(ChronoUnit.MILLIS),
            QueryOptions.DEFAULT);
    Ledger now = ledger;
    now.asked(query, System.nanoTime());
    send(
        new ProducerRecord<>(
            topics.queries(), query.id().getBytes(UTF_8), Codecs.QUERY.encode(query)),
        at -> now.acknowledged(query));
  }

  /** What ended the thread, if anything did. */
  void requireAlive() {
    RuntimeException reason = failure;
    if (reason != null) {
      throw reason;
    }
  }

  private void run() {
    try {
      long nextQuestion = System.nanoTime();
      long nextEdit = nextQuestion;
      while (!closed) {
        long now = System.nanoTime();
        if (sending && now >= nextQuestion) {
          ask(PASSAGES.get(questions % PASSAGES.size()));
          nextQuestion = now + (long) (1e9 / rates.questions());
        }
        if (sending && now >= nextEdit) {
          edit(history.edit());
          nextEdit = now + (long) (1e9 / rates.edits());
        }
        consumer.poll(TURN).forEach(this::take);
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      consumer.close();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback has it
  private void send(ProducerRecord<byte[], byte[]> sent, Consumer<RecordMetadata> acknowledged) {
    producer.send(
        sent,
        (metadata, failed) -> {
          if (failed == null) {
            acknowledged.accept(metadata);
          } else {
            failure = new IllegalStateException("not sent: " + sent.topic(), failed);
          }
        });
  }

  private void take(ConsumerRecord<byte[], byte[]> taken) {
    try {
      if (taken.topic().equals(topics.answers())) {
        var answer = Codecs.ANSWER.decode(taken.value());
        ledger.answered(new Received(answer, System.nanoTime(), history.sent()));
      } else if (taken.topic().equals(topics.indexVersions())) {
        table = table.apply(Codecs.VERSION_PROPOSAL.decode(taken.value())).table();
      } else if (taken.topic().equals(topics.deadLetters())) {
        refused.add(
            String.join(
                " ",
                header(taken, DeadLetterHeaders.TOPIC),
                header(taken, DeadLetterHeaders.PARTITION),
                header(taken, DeadLetterHeaders.OFFSET)));
      } else if (taken.value() != null) {
        DocumentStatus status = Codecs.DOCUMENT_STATUS.decode(taken.value());
        if (status.progress().answerableAt() != null) {
          ledger.answerable(status.id(), status.revision());
        }
      }
    } catch (BadRecordException poison) {
      // the bench has written it itself; another reader would leave it out, too
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(5));
  }
}
