package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.partition.PartitionEvent.Kind;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionEventTest {
  private static final PartitionId ID = new PartitionId(7, 2);
  private static final Partition PARTITION =
      Partition.of(new Centroids(new float[] {1, 2, .1f}, 2), ProbeLimit.of(1));
  private static final PartitionChunk CHUNK = PartitionChunk.of(PARTITION).get(0);
  private static final PartitionHead HEAD = PartitionHead.of(PARTITION, 9);

  @Test
  void codesOnTheTopicNeverChange() {
    assertThat(Stream.of(Kind.values()).collect(Collectors.toMap(kind -> kind, Kind::code)))
        .isEqualTo(
            Map.of(
                Kind.CHUNK, (byte) 0,
                Kind.SERVE, (byte) 1,
                Kind.ALONE, (byte) 2,
                Kind.OVER, (byte) 3,
                Kind.FILL, (byte) 4,
                Kind.GONE, (byte) 5));
  }

  @ParameterizedTest
  @EnumSource
  void kindIsFoundByItsCode(Kind kind) {
    assertThat(Kind.of(kind.code())).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(bytes = {-1, 6, Byte.MAX_VALUE})
  void unknownCodeIsRefused(byte code) {
    assertThatThrownBy(() -> Kind.of(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kind: is unknown (is " + code + ")");
  }

  @ParameterizedTest
  @EnumSource
  void partComesWithItsKindAndNoOther(Kind kind) {
    if (kind == Kind.CHUNK) {
      assertRefused(kind, null, null, "chunk: must come with CHUNK and only then");
    } else {
      assertRefused(
          kind,
          CHUNK,
          kind == Kind.FILL ? HEAD : null,
          "chunk: must come with CHUNK and only then");
    }
    if (kind == Kind.FILL) {
      assertRefused(kind, null, null, "head: must come with FILL and only then");
    } else {
      assertRefused(
          kind, kind == Kind.CHUNK ? CHUNK : null, HEAD, "head: must come with FILL and only then");
    }
  }

  @Test
  void flatPartitionAndVersionZeroHaveNoEvents() {
    assertThatThrownBy(() -> PartitionEvent.gone(new PartitionId(7, Partition.FLAT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("partition: must be at least 1 (is 0)");
    assertThatThrownBy(() -> PartitionEvent.of(Kind.SERVE, new PartitionId(0, 1), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("version: must be at least 1 (is 0)");
  }

  @Test
  void onlyWhatARunSaysIsACommand() {
    assertThat(PartitionEvent.chunk(ID, CHUNK).isCommand()).isFalse();
    assertThat(PartitionEvent.gone(ID).isCommand()).isFalse();
    assertThat(PartitionEvent.fill(ID, 5, HEAD).isCommand()).isTrue();
    for (Kind kind : new Kind[] {Kind.SERVE, Kind.ALONE, Kind.OVER}) {
      assertThat(PartitionEvent.of(kind, ID, 5).isCommand()).isTrue();
    }
  }

  @Test
  void eventNamesItsPartitionAndACommandItsRun() {
    assertThat(PartitionEvent.chunk(ID, CHUNK))
        .isEqualTo(new PartitionEvent(Kind.CHUNK, 7, 2, 0, CHUNK, null));
    assertThat(PartitionEvent.fill(ID, 5, HEAD))
        .isEqualTo(new PartitionEvent(Kind.FILL, 7, 2, 5, null, HEAD));
    assertThat(PartitionEvent.gone(ID).run()).isZero();
    assertThat(PartitionEvent.of(Kind.OVER, ID, 5).run()).isEqualTo(5);
    assertThat(PartitionEvent.gone(ID).id()).isEqualTo(ID);
  }

  private static void assertRefused(
      Kind kind, @Nullable PartitionChunk chunk, @Nullable PartitionHead head, String message) {
    assertThatThrownBy(() -> new PartitionEvent(kind, 7, 2, 5, chunk, head))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
