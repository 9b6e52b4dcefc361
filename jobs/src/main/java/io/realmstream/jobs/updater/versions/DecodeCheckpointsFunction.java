package io.realmstream.jobs.updater.versions;

import io.realmstream.jobs.JsonDecodeFunction;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;

/** Decodes checkpoints. */
public final class DecodeCheckpointsFunction extends JsonDecodeFunction<RetrieverCheckpoint> {
  public static final String UID = "decode-checkpoints";
  private static final long serialVersionUID = 1L;

  public DecodeCheckpointsFunction() {
    super(UID, () -> Codecs.RETRIEVER_CHECKPOINT);
  }
}
