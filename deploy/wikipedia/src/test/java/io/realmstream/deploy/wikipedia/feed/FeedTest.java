package io.realmstream.deploy.wikipedia.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.realmstream.model.wikipedia.site.Contact;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class FeedTest {
  private static final Contact CONTACT = new Contact("someone@example.org");
  private static final int OFFSETS = 50_000;
  private static final int CONNECTIONS = 200;

  /** A hundred thousand events over two hundred broken connections. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyEventComesOrIsInAGapThatIsTold(boolean withOffsets) throws Exception {
    FeedLog log = new FeedLog(OFFSETS, withOffsets);
    BitSet received = new BitSet();
    List<Gap> gaps = new ArrayList<>();
    int canaries = 0;
    int unreadable = 0;
    try (EventServer server = new EventServer(log, plan(), 2 * OFFSETS / CONNECTIONS);
        Feed feed = feed(server, Position.since(FeedLog.time(0)))) {
      Instant end = FeedLog.time(OFFSETS - 1);
      while (server.connections() <= CONNECTIONS
          || !end.equals(feed.position().time())
          || !received.get((int) FeedLog.pageId(0, OFFSETS - 1))
          || !received.get((int) FeedLog.pageId(1, OFFSETS - 1))) {
        FeedEvent event = feed.next();
        if (event == null) {
          continue;
        }
        if (event.gap() != null) {
          gaps.add(event.gap());
        }
        if (event.glance().pageId() != null) {
          received.set(event.glance().pageId().intValue());
        }
        canaries += event.glance().canary() ? 1 : 0;
        unreadable += event.glance().time() == null ? 1 : 0;
      }
      assertThat(lostWithoutAWord(received, gaps)).isEmpty();
      assertThat(server.forgotten()).hasSize(5).allMatch(lost -> isTold(lost, gaps));
      assertThat(gaps).hasSizeGreaterThanOrEqualTo(5).hasSizeLessThanOrEqualTo(10);
      assertThat(gaps).allMatch(gap -> isTold(gap, server.forgotten()));
      assertThat(canaries).isPositive();
      assertThat(unreadable).isPositive();
      assertThat(server.agents()).containsOnly("realmstream (someone@example.org)");
    }
  }

  /** Whoever answers for the service could lead the feed to another host, even to one inside. */
  @Test
  void redirectionIsARefusal() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String address = "http://localhost:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", address + "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
    List<String> messages = new ArrayList<>();
    FeedAddress feed =
        new FeedAddress(
            address, FeedAddress.PAGES, CONTACT, Duration.ofSeconds(10), Duration.ofMillis(2));
    try (Feed read = new Feed(feed, Position.since(null), messages::add)) {
      assertThat(read.next()).isNull();
      assertThat(messages).containsExactly("connecting again: the feed answers 302");
    } finally {
      server.stop(0);
    }
  }

  private static List<EventServer.Kind> plan() {
    List<EventServer.Kind> plan = new ArrayList<>();
    for (EventServer.Kind kind : EventServer.Kind.values()) {
      boolean costly = kind == EventServer.Kind.FORGETS || kind == EventServer.Kind.ENDLESS_LINE;
      plan.addAll(Collections.nCopies(costly ? 5 : 15, kind));
    }
    plan.addAll(Collections.nCopies(CONNECTIONS - plan.size(), EventServer.Kind.CUT));
    Collections.shuffle(plan.subList(1, plan.size()), new Random(11));
    return plan;
  }

  private static List<Instant> lostWithoutAWord(BitSet received, List<Gap> gaps) {
    List<Instant> lost = new ArrayList<>();
    for (int offset = 0; offset < OFFSETS; offset++) {
      Instant time = FeedLog.time(offset);
      boolean told = gaps.stream().anyMatch(g -> !time.isBefore(g.from()) && !time.isAfter(g.to()));
      for (int topic = 0; topic < 2; topic++) {
        if (!told && !received.get((int) FeedLog.pageId(topic, offset))) {
          lost.add(time);
        }
      }
    }
    return lost;
  }

  private static boolean isTold(Gap gap, List<Gap> others) {
    return others.stream()
        .anyMatch(o -> o.from().isBefore(gap.to()) && gap.from().isBefore(o.to()));
  }

  private static Feed feed(EventServer server, Position start) {
    FeedAddress address =
        new FeedAddress(
            server.address(),
            FeedAddress.PAGES,
            CONTACT,
            Duration.ofMillis(200),
            Duration.ofMillis(2));
    return new Feed(address, start, message -> {});
  }
}
