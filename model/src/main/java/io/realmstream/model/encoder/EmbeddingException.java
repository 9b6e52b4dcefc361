package io.realmstream.model.encoder;

/** A text that the model cannot embed: the run failed, or the vector is unusable. */
public final class EmbeddingException extends Exception {
  private static final long serialVersionUID = 1;

  public EmbeddingException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
