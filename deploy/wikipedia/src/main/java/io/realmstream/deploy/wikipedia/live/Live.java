package io.realmstream.deploy.wikipedia.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.EventSender;
import io.realmstream.deploy.wikipedia.feed.Feed;
import io.realmstream.deploy.wikipedia.feed.FeedEvent;
import io.realmstream.deploy.wikipedia.feed.Gap;
import io.realmstream.deploy.wikipedia.feed.Glance;
import io.realmstream.deploy.wikipedia.feed.Position;
import io.realmstream.schemas.wikipedia.WikipediaGap;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a feed on to Kafka. The position is written once Kafka has all events before it. So after
 * a kill some events are repeated, and none is lost.
 */
public final class Live {
  /** The feed makes an event itself at least every hour. */
  public static final Duration SILENCE_MAX = Duration.ofMinutes(90);

  private static final Duration KEPT_EVERY = Duration.ofSeconds(1);

  private final Feed feed;
  private final FeedScope scope;
  private final EventSender sender;
  private final Bookmark bookmark;
  private final Map<FeedScope.Verdict, Long> counts = new EnumMap<>(FeedScope.Verdict.class);
  private long keptNanos = System.nanoTime();
  private @Nullable Position kept;

  public Live(Feed feed, FeedScope scope, EventSender sender, Bookmark bookmark) {
    this.feed = feed;
    this.scope = scope;
    this.sender = sender;
    this.bookmark = bookmark;
  }

  /**
   * Where a feed is to be read on.
   *
   * @param since where to begin if nothing was read yet; null = now
   */
  public static Position start(Bookmark bookmark, @Nullable Instant since) throws IOException {
    JsonNode place = bookmark.read();
    return place == null ? Position.since(since) : Position.of(place);
  }

  /**
   * Goes on until it is told not to.
   *
   * @param goOn asked after every event, and at least every minute
   * @param gaps told of each
   */
  public void run(BooleanSupplier goOn, Consumer<Gap> gaps)
      throws IOException, InterruptedException {
    while (goOn.getAsBoolean()) {
      FeedEvent event = feed.next();
      if (event != null) {
        take(event, gaps);
      }
      if (System.nanoTime() - keptNanos > KEPT_EVERY.toNanos()) {
        keep();
      }
    }
    keep();
  }

  /** How many events had each verdict. */
  public Map<FeedScope.Verdict, Long> counts() {
    return counts;
  }

  private void take(FeedEvent event, Consumer<Gap> gaps) {
    Gap gap = event.gap();
    if (gap != null) {
      gaps.accept(gap);
      for (String wiki : scope.wikis()) {
        sender.send(new WikipediaGap(WikipediaGap.SCHEMA, wiki, gap.from(), gap.to()));
      }
    }
    Glance glance = event.glance();
    FeedScope.Verdict verdict = scope.verdict(glance);
    counts.merge(verdict, 1L, Long::sum);
    if (verdict.isPassedOn()) {
      sender.send(key(glance), event.data());
    }
  }

  private static @Nullable String key(Glance glance) {
    return glance.wiki() == null || glance.pageId() == null
        ? null
        : WikipediaObserved.key(glance.wiki(), glance.pageId());
  }

  private void keep() throws IOException {
    keptNanos = System.nanoTime();
    sender.flush();
    if (!feed.position().equals(kept)) {
      kept = feed.position();
      bookmark.write(kept);
    }
  }
}
