package io.realmstream.jobs.updater.versions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.VersionProposal;
import org.apache.flink.api.common.functions.MapFunction;

/** Proposals to records of the version log. */
public final class EncodeProposalFunction implements MapFunction<VersionProposal, OutboundRecord> {
  public static final String UID = "encode-proposals";
  private static final long serialVersionUID = 1L;

  @Override
  public OutboundRecord map(VersionProposal proposal) {
    return OutboundRecord.byKey(
        proposal.proposalId().getBytes(UTF_8), Codecs.VERSION_PROPOSAL.encode(proposal));
  }
}
