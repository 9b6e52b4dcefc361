package io.realmstream.model.learning.gate;

import io.realmstream.schemas.Hash128;

/**
 * Which documents judge and never teach: one in ten by a hash of its name, with all its sentences
 * and questions.
 */
public final class HeldOut {
  private static final int SHARE = 10;

  private HeldOut() {}

  /** Whether the document is held out; for ever, since its name decides. */
  public static boolean contains(String document) {
    long hash = Hash128.ofTexts("held-out", document).high();
    return Long.remainderUnsigned(hash, SHARE) == 0;
  }
}
