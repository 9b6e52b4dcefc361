package io.realmstream.jobs.updater.versions;

import io.realmstream.jobs.Models;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the propose operator, which wants a mailbox. */
public final class ProposeOperatorFactory extends AbstractStreamOperatorFactory<VersionProposal>
    implements TwoInputStreamOperatorFactory<
        RetrieverCheckpoint, VersionProposal, VersionProposal> {
  private static final long serialVersionUID = 1L;

  private final VersionSettings settings;
  private final Models models;

  public ProposeOperatorFactory(VersionSettings settings, Models models) {
    this.settings = settings;
    this.models = models;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends StreamOperator<VersionProposal>> T createStreamOperator(
      StreamOperatorParameters<VersionProposal> parameters) {
    return (T) new ProposeOperator(parameters, settings, models);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return ProposeOperator.class;
  }
}
