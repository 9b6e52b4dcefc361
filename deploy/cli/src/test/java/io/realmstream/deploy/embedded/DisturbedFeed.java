package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.embedded.PageHistory.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Histories as a bad feed brings them: shuffled within a minute, one event in twenty doubled, one
 * in a hundred corrupt, at least one in each way. What a corrupt event said never comes.
 *
 * @param arrivals in the order in which they come
 * @param intact what came unharmed, in order
 */
record DisturbedFeed(List<Arrival> arrivals, List<Revision> intact) {
  private static final int MINUTE_MS = 60_000;

  /** Ways in which an event may be corrupt. */
  private static final List<UnaryOperator<String>> WAYS =
      List.of(
          event -> event.substring(0, event.length() / 2),
          event -> event.replaceFirst("\"rev_id\":\\d+,\"rev_dt\"", "\"rev_id\":-5,\"rev_dt\""),
          event -> event.replaceFirst("\"dt\":\"\\d{4}", "\"dt\":\"9999"),
          event -> event.replaceFirst("\"page_id\":\\d+", "\"page_id\":null"));

  /** An event and when it comes. */
  record Arrival(ProducerRecord<byte[], byte[]> record, Instant at, boolean corrupt) {}

  static DisturbedFeed of(List<PageHistory> histories, long seed) {
    Random random = new Random(seed);
    List<Revision> all = inOrder(histories);
    Set<Integer> corrupt = new HashSet<>();
    while (corrupt.size() < Math.max(WAYS.size(), all.size() / 100)) {
      corrupt.add(random.nextInt(all.size()));
    }
    List<Arrival> arrivals = new ArrayList<>();
    List<Revision> intact = new ArrayList<>();
    int harmed = 0;
    for (int i = 0; i < all.size(); i++) {
      Revision revision = all.get(i);
      if (corrupt.contains(i)) {
        arrivals.add(arrival(corrupt(revision, harmed++), revision, true, random));
      } else {
        intact.add(revision);
        arrivals.add(arrival(revision.edit(), revision, false, random));
        if (random.nextInt(20) == 0) {
          arrivals.add(arrival(revision.edit(), revision, false, random));
        }
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return new DisturbedFeed(arrivals, intact);
  }

  /** Those of all pages, by time. */
  private static List<Revision> inOrder(List<PageHistory> histories) {
    return histories.stream()
        .flatMap(history -> history.revisions().stream())
        .sorted(Comparator.comparing((Revision revision) -> revision.event().time()))
        .toList();
  }

  /** What comes in each minute. */
  List<List<Arrival>> minutes() {
    long beginMs = arrivals.get(0).at().toEpochMilli();
    List<List<Arrival>> minutes = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      int minute = (int) ((arrival.at().toEpochMilli() - beginMs) / MINUTE_MS);
      while (minutes.size() <= minute) {
        minutes.add(new ArrayList<>());
      }
      minutes.get(minute).add(arrival);
    }
    return minutes;
  }

  private static Arrival arrival(
      ProducerRecord<byte[], byte[]> record, Revision revision, boolean corrupt, Random random) {
    Instant at = revision.event().time().plusMillis(random.nextInt(MINUTE_MS));
    return new Arrival(record, at, corrupt);
  }

  private static ProducerRecord<byte[], byte[]> corrupt(Revision revision, int number) {
    ProducerRecord<byte[], byte[]> edit = revision.edit();
    String event = new String(edit.value(), UTF_8);
    String corrupt = WAYS.get(number % WAYS.size()).apply(event);
    if (corrupt.equals(event)) {
      throw new AssertionError("not corrupt: " + event);
    }
    return new ProducerRecord<>(edit.topic(), edit.key(), corrupt.getBytes(UTF_8));
  }
}
