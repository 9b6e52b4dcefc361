package io.realmstream.schemas.version;

/** How token outputs become one vector. */
public enum Pooling {
  /** Mean over all tokens of the attention mask. */
  MEAN,
  /** Output of the first token. */
  CLS
}
