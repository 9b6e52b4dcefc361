package io.realmstream.deploy.client.status;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.client.deadletters.DeadLetter;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads the newest records of the topics, and counts others by their offsets. */
final class SignalReader {
  /** Of each partition of the answers topic; and of all, about as many of long ago. */
  private static final int ANSWERS_MAX = 200;

  /** From here on answers of long ago are looked at. */
  private static final Duration LONG_AGO = Thresholds.INCOMPLETE_MAX.plusMinutes(1);

  private final Connection connection;
  private final Topics topics;
  private final Instant now = Instant.now();

  SignalReader(Connection connection) {
    this.connection = connection;
    topics = connection.topics();
  }

  Signals read() {
    connection.require(
        topics.indexVersions(),
        topics.passageVectors(),
        topics.documents(),
        topics.queries(),
        topics.answers(),
        topics.deadLetters(),
        topics.freshness());
    boolean updaterBeats = Heartbeats.readRecent(connection).through() != null;
    Freshness freshness = freshness();
    VersionTable versions = new VersionLog(connection).table();
    VersionEntry active = versions.active();
    try (Admin admin = connection.admin()) {
      return new Signals(
          updaterBeats,
          freshness.said,
          freshness.through,
          active == null ? null : active.version(),
          refused(versions),
          answers(admin),
          new Signals.Inputs(
              since(admin, topics.documents(), Thresholds.DEAD_LETTERS_WINDOW)
                  + since(admin, topics.queries(), Thresholds.DEAD_LETTERS_WINDOW),
              since(admin, topics.deadLetters(), Thresholds.DEAD_LETTERS_WINDOW)));
    }
  }

  /** What a retriever said last; it says so each second while an updater beats. */
  private static final class Freshness {
    private boolean said;
    private @Nullable Instant through;

    private void take(FreshnessRecord record) {
      said = true;
      through = record.mark().through();
    }
  }

  private Freshness freshness() {
    Freshness freshness = new Freshness();
    try (TopicReplay replay = TopicReplay.of(connection, topics.freshness())) {
      replay.forEachSince(
          Heartbeats.recently(), TopicReplay.decoded(Codecs.FRESHNESS, freshness::take));
    }
    return freshness;
  }

  private List<Integer> refused(VersionTable versions) {
    Instant since = now.minus(Thresholds.REFUSED_WINDOW);
    return versions.versions().stream()
        .filter(entry -> entry.state() == VersionState.REFUSED && entry.since().isAfter(since))
        .map(VersionEntry::version)
        .toList();
  }

  private Signals.Answers answers(Admin admin) {
    List<Signals.Answered> answers = new ArrayList<>();
    try (TopicReplay replay = TopicReplay.of(connection, topics.answers())) {
      replay.forEachLast(ANSWERS_MAX, answer(answers::add));
      answers.addAll(longAgo(replay));
    }
    long left = since(admin, topics.answers(), Thresholds.NO_ANSWER_MAX);
    long questions =
        since(admin, topics.queries(), Thresholds.NO_ANSWER_MAX)
            - since(admin, topics.queries(), Thresholds.UNDER_WAY_MAX);
    if (questions > 0 && left == 0) {
      questions -= refusedQuestions(questions);
    }
    return Signals.Answers.of(questions, left, answers, now);
  }

  /** Of the same time, each once; there is no answer to such a one. */
  private long refusedQuestions(long max) {
    Set<String> places = new HashSet<>();
    Instant until = now.minus(Thresholds.UNDER_WAY_MAX);
    try (TopicReplay replay = TopicReplay.of(connection, topics.deadLetters())) {
      replay
          .until(() -> places.size() >= max)
          .forEachSince(
              now.minus(Thresholds.NO_ANSWER_MAX).toEpochMilli(),
              record -> {
                DeadLetter letter = new DeadLetter(record);
                if (isOf(topics.queries(), letter, until)) {
                  places.add(letter.place());
                }
              });
    }
    return Math.min(max, places.size());
  }

  /** Whether a record of that topic was refused, no later than then. */
  static boolean isOf(String topic, DeadLetter letter, Instant until) {
    return letter.topic().equals(topic) && !letter.at().isAfter(until);
  }

  /** Under load the newest answers are of seconds, which do not tell how long something lasts. */
  private List<Signals.Answered> longAgo(TopicReplay replay) {
    List<Signals.Answered> answers = new ArrayList<>();
    replay
        .until(() -> answers.size() >= ANSWERS_MAX)
        .forEachSince(now.minus(LONG_AGO).toEpochMilli(), answer(answers::add));
    Instant counted = now.minus(Thresholds.ANSWERS_WINDOW);
    answers.removeIf(one -> one.at().isAfter(counted)); // none is counted twice
    return answers;
  }

  private static Consumer<ConsumerRecord<byte[], byte[]>> answer(
      Consumer<Signals.Answered> action) {
    return record -> {
      Instant at = Instant.ofEpochMilli(record.timestamp());
      TopicReplay.decoded(
              Codecs.ANSWER, answer -> action.accept(new Signals.Answered(at, answer.result())))
          .accept(record);
    };
  }

  private long since(Admin admin, String topic, Duration window) {
    return TopicOffsets.of(admin, topic).since(admin, now.minus(window));
  }
}
