package io.realmstream.model.learning.gate;

import io.realmstream.schemas.Hash128;

/**
 * Which documents judge and never teach: one in ten, with all its sentences and questions. A hash
 * of its name decides.
 */
public final class HeldOut {
  private static final int SHARE = 10;

  private HeldOut() {}

  /** Whether the document is held out. Its name decides, so the result never changes. */
  public static boolean contains(String document) {
    long hash = Hash128.ofTexts("held-out", document).high();
    return Long.remainderUnsigned(hash, SHARE) == 0;
  }
}
