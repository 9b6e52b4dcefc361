package io.realmstream.model.document;

import io.realmstream.model.checkpoint.PassageIdentity;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.TitleForm;

/**
 * Names the passages of one document under one encoder.
 *
 * @param document its id
 * @param inputFormat as {@link PassageIdentity#inputFormat} says it
 * @param title empty when the encoder does not see it
 */
public record PassageNaming(String document, String inputFormat, String title) {

  /** The naming of a document's passages for {@code tower}. */
  public static PassageNaming of(String document, EncoderTower tower, String title) {
    // An unseen title must not make a passage look new
    return new PassageNaming(
        document, PassageIdentity.inputFormat(tower), tower.title() == TitleForm.NONE ? "" : title);
  }

  /** The passage {@code text} that stands at [start, end) of the document's text. */
  public Passage name(String text, int start, int end) {
    Hash128 contentHash = PassageIdentity.contentHash(inputFormat, title, text);
    return new Passage(PassageIdentity.uid(document, contentHash), contentHash, text, start, end);
  }
}
