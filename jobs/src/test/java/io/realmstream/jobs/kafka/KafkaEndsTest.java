package io.realmstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaEndsTest {
  /** A producer may set any number; what is derived from it must fit heartbeats and answers. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "253402300799999, 253402300799999",
    "253402300800000, -1",
    "9223372036854775807, -1",
    "-62167219200001, -1",
    "-1, -1"
  })
  void timestampThatNoRecordCanSayIsNone(long sent, long read) {
    List<InboundRecord> records = new ArrayList<>();
    new KafkaEnds.ToInboundRecord()
        .deserialize(
            new ConsumerRecord<>(
                "t",
                0,
                7,
                sent,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[1],
                new byte[1],
                new RecordHeaders(),
                Optional.empty()),
            new ListCollector<>(records));
    assertThat(records).extracting(InboundRecord::timestamp).containsExactly(read);
  }
}
