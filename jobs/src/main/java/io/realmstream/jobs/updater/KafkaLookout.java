package io.realmstream.jobs.updater;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers where a topic begins and ends. */
final class KafkaLookout implements LogEnd.Lookout {
  private final String topic;
  private final Admin admin;

  KafkaLookout(String topic, Properties kafka) {
    this.topic = topic;
    this.admin = Admin.create(kafka);
  }

  @Override
  public LogEnd look(Set<Integer> partitions) throws ExecutionException, InterruptedException {
    long now = System.currentTimeMillis();
    return new LogEnd(
        now, offsets(partitions, OffsetSpec.earliest()), offsets(partitions, OffsetSpec.latest()));
  }

  @Override
  public void close() {
    admin.close();
  }

  private Map<Integer, Long> offsets(Set<Integer> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition : partitions) {
      asked.put(new TopicPartition(topic, partition), which);
    }
    Map<Integer, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer :
        admin.listOffsets(asked).all().get().entrySet()) {
      offsets.put(answer.getKey().partition(), answer.getValue().offset());
    }
    return offsets;
  }
}
