package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.versions.VersionStep;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the learn operator, which wants a mailbox. */
public final class LearnOperatorFactory extends AbstractStreamOperatorFactory<OutboundRecord>
    implements TwoInputStreamOperatorFactory<TrunkEvent, VersionStep, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  private final LearnSettings settings;
  private final Models models;

  public LearnOperatorFactory(LearnSettings settings, Models models) {
    this.settings = settings;
    this.models = models;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends StreamOperator<OutboundRecord>> T createStreamOperator(
      StreamOperatorParameters<OutboundRecord> parameters) {
    return (T) new LearnOperator(parameters, settings, models);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return LearnOperator.class;
  }
}
