package io.realmstream.deploy.door.ask;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.ReceivedAnswer;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Sends questions and hands each its own answer. Two clients may choose one id, so an answer is
 * known by a header: the retriever carries a query's headers on. Thread-safe.
 */
final class Questions implements AutoCloseable {
  static final String HEADER = "realm_door";

  /** The retriever's own, for a query that names none. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Function<@Nullable RecordMetadata, RuntimeException> silence;

  /** One thread is enough: the explanation is the same for all questions. */
  private final ExecutorService explaining = Executors.newSingleThreadExecutor(Questions::daemon);

  /** Of this door, which no other has. */
  private final String prefix = UUID.randomUUID() + "-";

  private final AtomicLong sent = new AtomicLong();
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  /** Why no answer would be heard now; null while all is well. */
  private volatile @Nullable String deafness = "the answers are not read yet";

  /**
   * Refuses questions until somebody listens.
   *
   * @param silence says why a question got no answer in time, given its place in the topic; null =
   *     it was not written
   */
  Questions(
      String topic,
      Producer<byte[], byte[]> producer,
      Function<@Nullable RecordMetadata, RuntimeException> silence) {
    this.topic = topic;
    this.producer = producer;
    this.silence = silence;
  }

  /** A question on its way. */
  private static final class Waiting {
    final CompletableFuture<ReceivedAnswer> answer = new CompletableFuture<>();
    volatile @Nullable RecordMetadata place;
  }

  /** Sends a question; its answer, or a {@link ClientException} or {@link KafkaException}. */
  CompletableFuture<ReceivedAnswer> ask(Query query) {
    String deaf = deafness;
    if (deaf != null) {
      return CompletableFuture.failedFuture(ClientException.unreachable(deaf));
    }
    Instant now = Instant.now();
    Instant deadline = query.deadline() == null ? now.plus(DEADLINE) : query.deadline();
    // TIMED_OUT is an answer, too, and needs its time to travel
    Instant last = deadline.isBefore(now) ? now : deadline;
    Duration patience = Duration.between(now, last).plus(AnswerClient.GRACE);
    String name = prefix + sent.getAndIncrement();
    Waiting question = new Waiting();
    waiting.put(name, question);
    CompletableFuture<ReceivedAnswer> answer =
        question
            .answer
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((received, failure) -> waiting.remove(name))
            .exceptionallyAsync(
                failure -> {
                  throw explained(failure, question.place);
                },
                explaining);
    try {
      send(query, name, question);
    } catch (KafkaException | IllegalStateException e) {
      question.answer.completeExceptionally(ClientException.unreachable("not sent: " + e));
    }
    return answer;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of the end
  private void send(Query query, String name, Waiting question) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, query.id().getBytes(UTF_8), Codecs.QUERY.encode(query));
    record.headers().add(HEADER, name.getBytes(US_ASCII));
    producer.send(
        record,
        (place, failure) -> {
          question.place = place;
          if (failure != null) {
            question.answer.completeExceptionally(failure);
          }
        });
  }

  /** What ended a question, with the reason. */
  private RuntimeException explained(Throwable ended, @Nullable RecordMetadata place) {
    Throwable failure = ended instanceof CompletionException ? ended.getCause() : ended;
    if (failure instanceof TimeoutException) {
      return silence.apply(place);
    }
    return new CompletionException(failure);
  }

  /** Answers are heard from now on. */
  void hearing() {
    deafness = null;
  }

  /** No answer is heard any more; questions now fail at once with the reason. */
  void deaf(String reason) {
    deafness = reason;
  }

  /** Takes a record of the answers topic. Most may belong to other clients. */
  void hear(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(HEADER);
    if (header == null || header.value() == null || record.value() == null) {
      return;
    }
    Waiting question = waiting.get(new String(header.value(), US_ASCII));
    if (question != null) {
      question.answer.complete(new ReceivedAnswer(record.value()));
    }
  }

  @Override
  public void close() {
    waiting
        .values()
        .forEach(
            question ->
                question.answer.completeExceptionally(
                    ClientException.unreachable("the door is closing")));
    explaining.shutdown();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "door-silence");
    thread.setDaemon(true);
    return thread;
  }
}
