package io.realmstream.jobs.retriever.partitions;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.schemas.json.BadRecordException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Decodes the partitions topic, names the run, and passes on what counts in it: chunks of any run,
 * commands of this one. Commands of others go to {@code partitions}, which may take them up. A null
 * value says that a chunk has left the topic.
 *
 * <p>The run's name is made at each start and is in no state: a run that crashed is another one. An
 * operator and no function, because the name leaves before any record comes.
 */
public final class DecodePartitionsOperator extends AbstractStreamOperator<PartitionEvent>
    implements OneInputStreamOperator<InboundRecord, PartitionEvent> {
  public static final String UID = "decode-partitions";

  public static final OutputTag<PartitionNews> PARTITION_NEWS =
      new OutputTag<>("partition-news") {};

  private static final long serialVersionUID = 1L;

  private transient Refusals refusals;
  private transient long run;
  private transient boolean named;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public DecodePartitionsOperator() {}

  @Override
  public void open() throws Exception {
    super.open();
    refusals =
        new Refusals(
            UID, new OperatorMetrics(getRuntimeContext().getMetricGroup()), Reason.MALFORMED);
    run = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    long now = getProcessingTimeService().getCurrentProcessingTime();
    var unused = getProcessingTimeService().registerTimer(now, time -> name());
  }

  private void name() {
    if (!named) {
      named = true;
      output.collect(PARTITION_NEWS, new StreamRecord<>(PartitionNews.run(run)));
    }
  }

  @Override
  public void processElement(StreamRecord<InboundRecord> element) {
    name();
    InboundRecord record = element.getValue();
    byte[] value = record.value();
    if (value == null) {
      PartitionEvent gone = PartitionCodec.gone(record.key());
      if (gone != null) {
        pass(gone);
      }
      return;
    }
    try {
      pass(PartitionCodec.decode(value));
    } catch (BadRecordException e) {
      String message = String.valueOf(e.getMessage());
      output.collect(
          DeadLetters.TAG, new StreamRecord<>(refusals.refuse(record, Reason.MALFORMED, message)));
    }
  }

  private void pass(PartitionEvent event) {
    if (event.isCommand() && event.run() != run) {
      output.collect(PARTITION_NEWS, new StreamRecord<>(PartitionNews.said(event)));
    } else {
      output.collect(new StreamRecord<>(event));
    }
  }
}
