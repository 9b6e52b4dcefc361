package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the documents operator, which wants a mailbox. */
public final class DocumentsOperatorFactory extends AbstractStreamOperatorFactory<OutboundRecord>
    implements TwoInputStreamOperatorFactory<ShardEdit, ShardEvent, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  private final DocumentsSettings settings;
  private final Models models;

  public DocumentsOperatorFactory(DocumentsSettings settings, Models models) {
    this.settings = settings;
    this.models = models;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends StreamOperator<OutboundRecord>> T createStreamOperator(
      StreamOperatorParameters<OutboundRecord> parameters) {
    return (T) new DocumentsOperator(parameters, settings, models);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return DocumentsOperator.class;
  }
}
