package io.realmstream.model.updating.reuse;

import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.schemas.Hash128;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trunk outputs that are known for a document, by passage.
 *
 * @param live of passages that it has in some version
 * @param dropped of passages that it has lost lately
 */
public record KnownOutputs(Map<Hash128, TrunkOutput> live, Map<Hash128, TrunkOutput> dropped) {
  public static final KnownOutputs NONE = new KnownOutputs(Map.of(), Map.of());

  /** What a passage's vector takes. */
  public enum Effort {
    /** A run of the transformer. */
    EMBEDDED,
    /** The projection of what the document has. */
    REPROJECTED,
    /** The projection of what the document had. */
    REUSED,
    /** A run of the transformer to compare with. */
    CHECKED
  }

  public @Nullable TrunkOutput get(Hash128 uid) {
    TrunkOutput output = live.get(uid);
    return output == null ? dropped.get(uid) : output;
  }

  public Effort effort(Hash128 uid) {
    if (live.containsKey(uid)) {
      return Effort.REPROJECTED;
    }
    return dropped.containsKey(uid) ? Effort.REUSED : Effort.EMBEDDED;
  }
}
