package io.realmstream.deploy.client;

import io.realmstream.model.version.VersionPolicy;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of index versions: folded as both jobs fold it, and a way to propose. */
public final class VersionLog {
  private static final String BY = "realm";

  private final Connection connection;
  private final String topic;

  public VersionLog(Connection connection) {
    this.connection = connection;
    this.topic = connection.topics().indexVersions();
  }

  /** The table as of now. */
  public VersionTable table() {
    return fold(null).table();
  }

  /**
   * Proposes a change and reads what became of it. A change that the table refuses is not written,
   * since the log never gets shorter.
   *
   * @return the table with the change
   * @throws ClientException REFUSED with the reason, also when the log changed meanwhile
   */
  public VersionTable propose(VersionPolicy.Move move) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String id = BY + " " + move.version() + " " + move.to() + " " + UUID.randomUUID();
    VersionProposal proposal =
        new VersionProposal(
            id,
            move.version(),
            new StateChange(move.from(), move.to()),
            BY,
            move.reason(),
            move.checkpoint(),
            move.index(),
            now);
    accepted(table().apply(proposal));
    connection.send(topic, id, Codecs.VERSION_PROPOSAL.encode(proposal));
    return accepted(fold(id));
  }

  private static VersionTable accepted(VersionTable.Step step) {
    if (step.ignored() != null) {
      throw ClientException.refused(step.ignored());
    }
    return step.table();
  }

  /** The last table, with the step that the proposal of that id was. */
  private VersionTable.Step fold(@Nullable String proposalId) {
    VersionTable.Step[] folded = {new VersionTable.Step(VersionTable.EMPTY, null)};
    String[] ignored = {null};
    TopicReplay.forEach(
        connection,
        topic,
        Codecs.VERSION_PROPOSAL,
        proposal -> {
          folded[0] = folded[0].table().apply(proposal);
          if (proposal.proposalId().equals(proposalId)) {
            ignored[0] = folded[0].ignored();
          }
        });
    return new VersionTable.Step(folded[0].table(), ignored[0]);
  }
}
