package io.realmstream.jobs.retriever.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrippedTrunksTest {
  private static final Hash128 UID = new Hash128(1, 2);

  /** They would travel to every shard, and nobody there needs them. */
  @Test
  void trunkOutputsGoNoFurtherThanTheDecoder() throws Exception {
    OneInputStreamOperatorTestHarness<InboundRecord, PassageEvent> decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeVectorsFunction(4)));
    try {
      decode.open();
      byte[] value = VectorMessageCodec.encode(document());
      decode.processElement(
          new InboundRecord("vectors", 2, 41, 7, "d".getBytes(UTF_8), value, List.of()), 0);

      PassageInsert assigned = insert(decode.extractOutputValues().get(0));
      assertThat(assigned.vector()).containsExactly(1, 2, 3);
      assertThat(assigned.trunk()).isNull();
      var events = decode.getSideOutput(DecodeVectorsFunction.PASSAGE_EVENTS);
      PassageInsert found = insert(events.remove().getValue());
      assertThat(found.text()).isEqualTo("text");
      assertThat(found.trunk()).isNull();
    } finally {
      decode.close();
    }
  }

  private static PassageInsert insert(@Nullable PassageEvent event) {
    return Objects.requireNonNull(Objects.requireNonNull(event).published())
        .vectors()
        .inserts()
        .get(0);
  }

  private static PassageVectors document() {
    PassageTrunk trunk = new PassageTrunk(UID, new float[] {5, 6});
    return new PassageVectors(
        "d",
        0,
        1,
        new DocumentRevision(
            1,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        List.of(new ManifestEntry(UID, 0, 4)),
        List.of(new PassageInsert(UID, UID, "text", new float[] {1, 2, 3}, trunk)));
  }
}
