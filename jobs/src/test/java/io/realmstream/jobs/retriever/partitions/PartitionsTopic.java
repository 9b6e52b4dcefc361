package io.realmstream.jobs.retriever.partitions;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.index.partition.PartitionEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The partitions topic as a list, and the operator that decodes it. */
public final class PartitionsTopic {
  private final List<OutboundRecord> records;
  private final OneInputStreamOperatorTestHarness<InboundRecord, PartitionEvent> decode;
  private int read;

  /** Opens it for a run, which reads it from its beginning. */
  public PartitionsTopic(List<OutboundRecord> records, long nowMs) throws Exception {
    this.records = new ArrayList<>(records);
    decode = new OneInputStreamOperatorTestHarness<>(new DecodePartitionsOperator());
    decode.setProcessingTime(nowMs);
    decode.open();
  }

  public List<OutboundRecord> records() {
    return List.copyOf(records);
  }

  public int read() {
    return read;
  }

  public void write(OutboundRecord record) {
    records.add(record);
  }

  public void pass(long nowMs) throws Exception {
    decode.setProcessingTime(nowMs);
  }

  /** Decodes what is not read yet; what comes of it is taken from {@link #harness}. */
  public void readOn() throws Exception {
    for (; read < records.size(); read++) {
      OutboundRecord record = records.get(read);
      decode.processElement(
          new StreamRecord<>(
              new InboundRecord(
                  "partitions", 0, read, 0, record.key(), record.value(), List.of())));
    }
  }

  public OneInputStreamOperatorTestHarness<InboundRecord, PartitionEvent> harness() {
    return decode;
  }

  public void close() throws Exception {
    decode.close();
  }
}
