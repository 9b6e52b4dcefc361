package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.Statement;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the pages operator, which needs a mailbox. */
public final class PagesOperatorFactory extends AbstractStreamOperatorFactory<OutboundRecord>
    implements OneInputStreamOperatorFactory<Statement, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  private final PagesSettings settings;
  private final TextExtractor extractor;

  public PagesOperatorFactory(PagesSettings settings, TextExtractor extractor) {
    this.settings = settings;
    this.extractor = extractor;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends StreamOperator<OutboundRecord>> T createStreamOperator(
      StreamOperatorParameters<OutboundRecord> parameters) {
    return (T) new PagesOperator(parameters, settings, extractor);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return PagesOperator.class;
  }
}
