package io.realmstream.jobs.updater;

import io.realmstream.jobs.OutboundRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the documents operator, which wants a mailbox. */
final class DocumentsOperatorFactory extends AbstractStreamOperatorFactory<OutboundRecord>
    implements TwoInputStreamOperatorFactory<ShardEdit, ShardEvent, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  private final UpdaterSettings settings;

  DocumentsOperatorFactory(UpdaterSettings settings) {
    this.settings = settings;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends StreamOperator<OutboundRecord>> T createStreamOperator(
      StreamOperatorParameters<OutboundRecord> parameters) {
    return (T) new DocumentsOperator(parameters, settings);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return DocumentsOperator.class;
  }
}
