package io.realmstream.deploy.cli.client;

import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;

/** The log of index versions, folded as both jobs fold it. */
public final class VersionLog {
  private VersionLog() {}

  /** All versions as of now. */
  public static VersionTable read(Connection connection) {
    VersionTable[] table = {VersionTable.EMPTY};
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().indexVersions())) {
      replay.forEach(
          record -> {
            try {
              if (record.value() != null) {
                table[0] = table[0].apply(Codecs.VERSION_PROPOSAL.decode(record.value())).table();
              }
            } catch (BadRecordException e) {
              // a dead letter for the jobs, and nothing here
            }
          });
    }
    return table[0];
  }
}
