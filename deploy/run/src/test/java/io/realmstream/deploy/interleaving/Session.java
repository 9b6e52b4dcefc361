package io.realmstream.deploy.interleaving;

import io.realmstream.deploy.interleaving.Histories.Floor;
import io.realmstream.deploy.interleaving.Judgement.Asked;
import io.realmstream.deploy.interleaving.Judgement.Floors;
import io.realmstream.deploy.interleaving.Judgement.Received;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One seed's edits, checkpoints and questions, and what came of them: every answer is judged as it
 * comes in.
 */
final class Session {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int CLAIM_MS = 100;
  private static final int LINE_MAX = 1_000;

  private final String prefix;
  private final Conversation realm;
  private final PlainAnswers plain;
  private final Supplier<Instant> life;
  private final Map<String, Asked> asked = new HashMap<>();
  private final Set<String> unanswered = new TreeSet<>();
  private final TreeMap<Integer, Floor> announced = new TreeMap<>();
  private final TreeMap<Integer, Floor> completed = new TreeMap<>();
  private final List<byte[]> unjudged = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final Map<String, byte[]> answered = new HashMap<>();
  private final Set<String> newest = new HashSet<>();
  private final Set<String> whole = new HashSet<>();
  private final Random clocks;
  private Instant began;
  private int judged;
  final Histories histories = new Histories();
  final RandomVersions versions;
  final RandomEdits edits;
  final RandomQueries queries;

  /**
   * What all seeds share.
   *
   * @param life when the process that answers began; one that is killed and restored may for a
   *     while know less than was seen of it before
   */
  record World(
      Conversation realm,
      TinyCheckpoints checkpoints,
      PlainAnswers plain,
      Supplier<Instant> life) {}

  Session(long seed, World world, Random random, int documents) {
    prefix = "s" + seed + "-";
    realm = world.realm();
    plain = world.plain();
    life = world.life();
    began = life.get();
    clocks = new Random(seed);
    versions = new RandomVersions(seed, random, world);
    edits = new RandomEdits(prefix, documents, random, histories);
    queries = new RandomQueries(prefix, random);
  }

  /** The fault first, then what was done, line by line. */
  AssertionError failed(String where, Throwable cause) {
    String steps = String.join("\n", story);
    String message = String.valueOf(cause.getMessage());
    String fault = message.substring(0, Math.min(message.length(), LINE_MAX));
    return new AssertionError("%s: %s%nafter%n%s".formatted(where, fault, steps), cause);
  }

  void tell(String step) {
    story.add(step.substring(0, Math.min(step.length(), LINE_MAX)));
  }

  /** How many answers were judged as a whole, all right. */
  int judged() {
    return judged;
  }

  void edit(DocumentEdit edit) {
    byte[] value = Codecs.DOCUMENT_EDIT.encode(edit);
    long time = send(edit.id(), value);
    sent(edit, time);
  }

  /** A record without value is a DELETE without a revision. */
  void tombstone(String id) {
    long time = send(id, null);
    sent(DocumentEdit.deletion(id, null), time);
  }

  private long send(String id, byte @Nullable [] value) {
    return realm.send(realm.topics().documents(), id, value, clockMs());
  }

  /** Of one of some producers, whose clocks go right, or are wrong by an hour. */
  private long clockMs() {
    long wrongMs = (clocks.nextInt(3) - 1) * Duration.ofHours(1).toMillis();
    return System.currentTimeMillis() + wrongMs;
  }

  void publish(int part, int seed) {
    follow();
    announce();
    tell(versions.publish(part, seed));
  }

  void publish(RetrieverCheckpoint checkpoint) {
    announce();
    versions.publish(checkpoint);
    tell("publish " + checkpoint.retriever());
  }

  private Floors floors() {
    return new Floors(histories.floor(), new TreeMap<>(announced), new TreeMap<>(completed));
  }

  private void announce() {
    int versions = realm.table().count();
    announced.put(versions, histories.floor());
    completed.put(versions, histories.floor());
  }

  void ask(Query query) {
    follow();
    unanswered.add(query.id());
    asked.put(query.id(), new Asked(query, began, floors()));
    realm.send(realm.topics().queries(), query.id(), Codecs.QUERY.encode(query), clockMs());
    tell("ask " + query);
  }

  /** Reads for so long, and judges what came. */
  void listen(int ms) throws Exception {
    realm.listen(Duration.ofMillis(ms));
    judge();
  }

  /** Asks; returns the answer as it came, which is right. */
  byte[] answer(Query query) throws Exception {
    ask(query);
    await("an answer", () -> answered.containsKey(query.id()));
    return Objects.requireNonNull(answered.get(query.id()));
  }

  /** Waits until every edit is answerable. */
  void settleEdits() throws Exception {
    await("edits", () -> missing().isEmpty());
  }

  /** Waits until all that was sent is answerable and the newest checkpoint serves. */
  void settle() throws Exception {
    tell("settle");
    versions.settle();
    await("answer of each question", unanswered::isEmpty);
    settleEdits();
    await("an answer of the newest", () -> isAnsweredFromTheNewest(queries.next()));
    await("all passages", () -> isAnsweredFromTheNewest(queries.all()));
  }

  /** Waits until an answer says that it has all that was sent. */
  void settleClaims() throws Exception {
    await(
        "claim of all",
        () -> {
          listen(CLAIM_MS);
          Query query = queries.next();
          answer(query);
          return whole.contains(query.id());
        });
  }

  /** The version that serves. */
  VersionEntry serving() {
    return Objects.requireNonNull(realm.table().active());
  }

  /** Leaves an empty knowledge base of one version behind. */
  void clear() throws Exception {
    for (String id : histories.documents()) {
      DocumentEdit last = histories.newest(id);
      if (last.kind() == EditKind.UPSERT) {
        long revision = Objects.requireNonNull(last.revision()) + 1;
        edit(DocumentEdit.deletion(id, revision));
      }
    }
    await("an empty answer", () -> isAnsweredFromTheNewest(queries.all()));
    versions.retire();
  }

  private void sent(DocumentEdit edit, long timeMs) {
    DocumentEdit placed = histories.sent(edit, timeMs);
    edits.sent(placed);
    tell(placed.toString());
  }

  /** What was seen of a process that was killed since says nothing of the next one's answers. */
  private void follow() {
    Instant now = life.get();
    if (!now.equals(began)) {
      began = now;
      histories.forgetHeld();
      announced.clear();
      asked.replaceAll((id, question) -> question.afterKill());
    }
  }

  /** Judges what came, as far as the log has its versions. */
  private void judge() throws Exception {
    follow();
    realm.takeStatuses(
        status -> {
          if (status.id().startsWith(prefix)) {
            histories.seen(status, began);
          }
        });
    realm.takeAnswers(unjudged::add);
    List<byte[]> later = new ArrayList<>();
    for (byte[] bytes : unjudged) {
      Answer answer = Codecs.ANSWER.decode(bytes);
      Asked question = asked.get(answer.id());
      if (question == null) {
        continue;
      }
      Received received = Received.of(bytes, answer, realm.table());
      if (received != null) {
        judge(new Judgement(plain, histories, question, received), received);
      } else {
        later.add(bytes);
      }
    }
    unjudged.clear();
    unjudged.addAll(later);
  }

  private void judge(Judgement judgement, Received received) throws Exception {
    String fault = judgement.fault();
    if (!fault.isEmpty()) {
      throw new AssertionError(fault + ": " + judgement);
    }
    judged += judgement.isLate() ? 0 : 1;
    unanswered.remove(judgement.query());
    String id = received.answer().id();
    answered.put(id, received.bytes());
    if (judgement.isOf(began)) {
      histories.claimed(received.version().index(), received.throughMs());
    }
    if (received.version().equals(realm.table().active()) && judgement.isNewest()) {
      newest.add(id);
      boolean isWhole = received.answer().result().coverage().complete();
      if (isWhole && received.throughMs() >= histories.lastMs()) {
        whole.add(id);
      }
    }
  }

  private boolean isAnsweredFromTheNewest(Query query) throws Exception {
    answer(query);
    return newest.contains(query.id());
  }

  private List<String> missing() {
    VersionEntry active = realm.table().active();
    return active == null ? List.of("no version") : histories.missing(active.index());
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    listen(0);
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no " + what + "; " + missing() + " " + realm.table());
      }
      listen(2);
    }
  }
}
