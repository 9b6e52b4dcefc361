package io.realmstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DelegatingReaderTest {
  private static final List<KafkaPartitionSplit> SPLITS =
      List.of(new KafkaPartitionSplit(new TopicPartition("t", 0), 7));
  private static final Map<Class<?>, Object> ANSWERS =
      Map.of(List.class, SPLITS, CompletableFuture.class, new CompletableFuture<Void>());
  private static final SourceEvent EVENT =
      new SourceEvent() {
        private static final long serialVersionUID = 1L;
      };

  /** All that Flink may call but to poll; a new one of theirs with a default would be lost. */
  static Stream<Method> calls() {
    return Arrays.stream(SourceReader.class.getMethods())
        .filter(method -> !method.getName().equals("pollNext"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyCallReachesKafkasReaderWithItsArgumentsAndItsAnswer(Method call) throws Exception {
    List<List<Object>> heard = new ArrayList<>();
    Plain reader = new Plain(kafka(heard));
    Object[] arguments =
        Arrays.stream(call.getParameterTypes()).map(DelegatingReaderTest::argument).toArray();
    Object answer = call.invoke(reader, arguments);

    List<Object> expected = new ArrayList<>(List.of(call.getName()));
    expected.addAll(Arrays.asList(arguments));
    assertThat(heard).containsExactly(expected);
    assertThat(answer).isSameAs(answer(call));
  }

  private static Object argument(Class<?> type) {
    if (type == long.class) {
      return 5L;
    }
    if (type == List.class) {
      return SPLITS;
    }
    if (type == Collection.class) {
      return List.of("t-0");
    }
    assertThat(type).isEqualTo(SourceEvent.class);
    return EVENT;
  }

  private static @Nullable Object answer(Method call) {
    return ANSWERS.get(call.getReturnType());
  }

  /** Notes what it is called with. */
  @SuppressWarnings("unchecked") // it is made as one
  private static SourceReader<InboundRecord, KafkaPartitionSplit> kafka(List<List<Object>> heard) {
    return (SourceReader<InboundRecord, KafkaPartitionSplit>)
        Proxy.newProxyInstance(
            DelegatingReaderTest.class.getClassLoader(),
            new Class<?>[] {SourceReader.class},
            (self, call, arguments) -> {
              List<Object> one = new ArrayList<>(List.of(call.getName()));
              if (arguments != null) {
                one.addAll(Arrays.asList(arguments));
              }
              heard.add(one);
              return answer(call);
            });
  }

  @SuppressWarnings("try") // as DelegatingReader
  private static final class Plain extends DelegatingReader<InboundRecord> {
    Plain(SourceReader<InboundRecord, KafkaPartitionSplit> kafka) {
      super(kafka);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<InboundRecord> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }
  }
}
