package io.realmstream.deploy.client.status;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * That the knowledge base answers and takes edits, as a monitor asks; its fields are those of the
 * JSON.
 *
 * @param version the one that answers
 * @param indexedThrough every edit up to here has its vectors published
 * @param freshnessMs age of the oldest edit that may be missing from answers
 */
public record Health(int version, Instant indexedThrough, long freshnessMs) {
  /**
   * Reads what was written lately, so its cost does not grow with the knowledge base.
   *
   * @throws ClientException UNREACHABLE with the reason, if it does not
   */
  public static Health read(Connection connection) {
    Topics topics = connection.topics();
    connection.require(
        topics.indexVersions(), topics.passageVectors(), topics.queries(), topics.freshness());
    Instant through = Heartbeats.readRecent(connection).through();
    if (through == null) {
      throw ClientException.unreachable("no updater tells how far it is: edits wait");
    }
    // a retriever says each second how fresh it is, while an updater beats
    if (!anyLately(connection, topics.freshness())) {
      throw ClientException.unreachable("no retriever tells how fresh it is: questions wait");
    }
    VersionEntry active = new VersionLog(connection).table().active();
    if (active == null) {
      throw ClientException.unreachable("no index version is ACTIVE, so nothing can be answered");
    }
    long ms = Math.max(0, Duration.between(through, Instant.now()).toMillis());
    return new Health(active.version(), through, ms);
  }

  private static boolean anyLately(Connection connection, String topic) {
    AtomicBoolean any = new AtomicBoolean();
    try (TopicReplay replay = TopicReplay.of(connection, topic)) {
      replay.until(any::get).forEachSince(Heartbeats.recently(), record -> any.set(true));
    }
    return any.get();
  }
}
