package io.realmstream.model.learning.live;

import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.schemas.Hash128;
import org.jspecify.annotations.Nullable;

/**
 * A live passage as passes see it.
 *
 * @param shard of its document
 * @param group what is held out and drawn together: the title, or the id where there is none
 * @param trunk output of the document trunk
 * @param sentences null = not embedded yet
 */
public record LivePassage(
    Hash128 uid,
    int shard,
    String document,
    String group,
    float[] trunk,
    @Nullable SentenceOutputs sentences) {

  static LivePassage of(
      Hash128 uid, int shard, LearnedPassage passage, @Nullable SentenceOutputs sentences) {
    String title = passage.title();
    String group = title.isEmpty() ? passage.document() : title;
    return new LivePassage(uid, shard, passage.document(), group, passage.trunk(), sentences);
  }

  /** Whether it judges and never teaches. */
  public boolean isHeldOut() {
    return HeldOut.contains(group);
  }

  /** The same, without sentences of another query trunk. */
  LivePassage behind(Hash128 queryTrunk) {
    return sentences == null || sentences.queryTrunk().equals(queryTrunk)
        ? this
        : new LivePassage(uid, shard, document, group, trunk, null);
  }

  /** How many sentences were embedded. */
  int count() {
    return sentences == null ? 0 : sentences.count();
  }
}
