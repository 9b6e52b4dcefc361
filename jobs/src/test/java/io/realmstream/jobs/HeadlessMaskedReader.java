package io.realmstream.jobs;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.TitleForm;

/**
 * A reader of masks that is at hand: a transformer without a head, whose 384 outputs are taken as
 * the logits of as many tokens. Its words mean nothing, but depend on question and passage.
 */
public final class HeadlessMaskedReader {
  private HeadlessMaskedReader() {}

  /** Reads at most 16 tokens of a question. */
  public static MaskedReaderPart part() {
    EncoderTower tower = DefaultCheckpoints.minilm().documentTower();
    return new MaskedReaderPart(tower.trunk(), tower.tokenizer(), TitleForm.SEGMENT, 16, 8, 128);
  }
}
