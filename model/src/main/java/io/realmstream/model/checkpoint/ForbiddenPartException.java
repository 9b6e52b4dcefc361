package io.realmstream.model.checkpoint;

import java.io.IOException;

/** A part that these settings do not let anybody read, however often it is tried. */
final class ForbiddenPartException extends IOException {
  private static final long serialVersionUID = 1;

  ForbiddenPartException(String message) {
    super(message);
  }
}
