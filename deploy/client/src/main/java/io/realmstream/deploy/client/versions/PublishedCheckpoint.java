package io.realmstream.deploy.client.versions;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.model.version.RefreshPlan;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;

/**
 * A retriever checkpoint that was published; its fields are those of the JSON.
 *
 * @param plan what it touches of the version in force
 * @param reason the plan in words for people
 */
public record PublishedCheckpoint(String retriever, RefreshPlan plan, String reason) {

  /** Publishes it; the jobs try it before they use it. */
  public static PublishedCheckpoint publish(Connection connection, RetrieverCheckpoint checkpoint) {
    String topic = connection.topics().retrieverCheckpoints();
    connection.require(topic, connection.topics().indexVersions());
    VersionEntry active = new VersionLog(connection).table().active();
    connection.send(topic, checkpoint.retriever(), Codecs.RETRIEVER_CHECKPOINT.encode(checkpoint));
    RefreshPlan plan = RefreshPlan.between(active == null ? null : active.checkpoint(), checkpoint);
    return new PublishedCheckpoint(checkpoint.retriever(), plan, plan.reason());
  }
}
