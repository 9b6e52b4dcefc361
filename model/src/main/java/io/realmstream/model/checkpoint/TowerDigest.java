package io.realmstream.model.checkpoint;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.ReaderPart;

/**
 * What an encoder or a reader computes, as a digest: over the digests of its files and its
 * settings, never over where the files come from. Equal digests mean equal outputs.
 */
public final class TowerDigest {
  private TowerDigest() {}

  /** Of the whole tower: equal digests mean equal vectors. */
  public static Hash128 of(EncoderTower tower) {
    Part projection = tower.projection();
    return Hash128.ofTexts(
        "encoder tower 1",
        tower.trunk().sha256(),
        tower.tokenizer().sha256(),
        projection == null ? "" : projection.sha256(),
        tower.pooling().name(),
        Boolean.toString(tower.normalized()),
        tower.prefix(),
        tower.title().name(),
        Integer.toString(tower.tokensMax()));
  }

  /** Of all that comes before projection and normalization: equal digests mean equal outputs. */
  public static Hash128 ofTrunk(EncoderTower tower) {
    return Hash128.ofTexts(
        "encoder trunk 1",
        tower.trunk().sha256(),
        tower.tokenizer().sha256(),
        tower.pooling().name(),
        tower.prefix(),
        tower.title().name(),
        Integer.toString(tower.tokensMax()));
  }

  /** Of a reader. */
  public static Hash128 of(ReaderPart reader) {
    return Hash128.ofTexts(
        "reader 1",
        reader.model().sha256(),
        reader.tokenizer().sha256(),
        reader.title().name(),
        Integer.toString(reader.questionTokensMax()),
        Integer.toString(reader.titleTokensMax()),
        Integer.toString(reader.inputTokensMax()),
        Integer.toString(reader.spanTokensMax()),
        Boolean.toString(reader.noAnswer()));
  }

  /** Of a reader of masks. */
  public static Hash128 of(MaskedReaderPart reader) {
    return Hash128.ofTexts(
        "masked reader 1",
        reader.model().sha256(),
        reader.tokenizer().sha256(),
        reader.title().name(),
        Integer.toString(reader.questionTokensMax()),
        Integer.toString(reader.titleTokensMax()),
        Integer.toString(reader.inputTokensMax()));
  }
}
