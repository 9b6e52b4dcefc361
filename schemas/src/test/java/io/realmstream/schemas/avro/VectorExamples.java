package io.realmstream.schemas.avro;

import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorRecord;
import java.time.Instant;
import java.util.List;

/** Valid records of the vectors topic, for tests of other packages. */
public final class VectorExamples {
  private VectorExamples() {}

  /** One of each kind, and a document of many dimensions. */
  public static List<byte[]> encoded() {
    return List.of(
        VectorMessageCodec.encode(VectorMessages.document(1f, -2f)),
        VectorMessageCodec.encode(VectorMessages.document(new float[100])),
        VectorMessageCodec.encode(VectorMessages.withTrunk(1f, -2f)),
        VectorMessageCodec.encode(
            new Heartbeat(
                1,
                0,
                2,
                Instant.EPOCH,
                4,
                16,
                List.of(3L, -1L),
                List.of(new ShardPosition(3, 8, 5)))),
        VectorMessageCodec.encode(new ShardComplete(7, 130)),
        VectorMessageCodec.encode(new ShardRetired(7, 130)),
        VectorMessageCodec.encode(new ShardRound(7, 2, true, List.of(1, 3), List.of(1))),
        VectorMessageCodec.encode(
            new VectorRecord(
                VectorMessages.document(1f),
                new ShardPosition(3, 8, 1),
                new ShardPosition(3, 7, 9),
                true)));
  }
}
