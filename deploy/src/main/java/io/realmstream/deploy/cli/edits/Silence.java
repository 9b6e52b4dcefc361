package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.cli.client.SourceOffsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Says why edits that were sent have no status: nobody reads them, or it takes long. */
record Silence(Connection connection, String updaterGroup, Duration limit) {
  /**
   * @param last where the last edit went
   * @param count edits whose end is unknown
   */
  CommandFailure explain(@Nullable RecordMetadata last, int count) {
    boolean read =
        last != null
            && SourceOffsets.passed(
                connection,
                updaterGroup,
                new TopicPartition(last.topic(), last.partition()),
                last.offset());
    return read
        ? CommandFailure.timedOut(
            count
                + " edits were read but nothing was heard of them for "
                + limit.toSeconds()
                + " s")
        : CommandFailure.unreachable(
            "no updater is reading "
                + connection.topics().documents()
                + " ("
                + count
                + " edits wait there): is `realm up` running?");
  }
}
