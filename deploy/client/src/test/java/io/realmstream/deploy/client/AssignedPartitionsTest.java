package io.realmstream.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AssignedPartitionsTest {
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  @Test
  void allPartitionsOfAllTopicsAreAssigned() {
    partitions("a", 2);
    partitions("b", 1);
    AssignedPartitions assigned = new AssignedPartitions(consumer, List.of("a", "b"));
    assertThat(assigned.all())
        .containsExactly(partition("a", 0), partition("a", 1), partition("b", 0));
    assertThat(consumer.assignment()).containsExactlyInAnyOrderElementsOf(assigned.all());
    assertThat(assigned.added()).isEmpty();
  }

  @Test
  void whatIsAddedIsAssignedOnceAndTheOthersKeepTheirPlaces() {
    partitions("a", 1);
    AssignedPartitions assigned = new AssignedPartitions(consumer, List.of("a"));
    consumer.seek(partition("a", 0), 17);
    partitions("a", 3);
    List<TopicPartition> added = assigned.added();
    while (added.isEmpty()) {
      added = assigned.added();
    }
    assertThat(added).containsExactly(partition("a", 1), partition("a", 2));
    assertThat(consumer.assignment()).hasSize(3);
    assertThat(consumer.position(partition("a", 0))).isEqualTo(17);
    assertThat(assigned.added()).isEmpty();
  }

  @Test
  void aTopicThatIsNotThereIsSaidBeforeItIsPolledInVain() {
    partitions("a", 1);
    assertThatThrownBy(() -> new AssignedPartitions(consumer, List.of("a", "b")))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.kind()).isEqualTo(ClientException.Kind.UNREACHABLE))
        .hasMessage("the broker does not know b yet");
  }

  private void partitions(String topic, int count) {
    List<PartitionInfo> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      partitions.add(new PartitionInfo(topic, i, Node.noNode(), new Node[0], new Node[0]));
    }
    consumer.updatePartitions(topic, partitions);
  }

  private static TopicPartition partition(String topic, int number) {
    return new TopicPartition(topic, number);
  }
}
