package io.realmstream.deploy.cli.bert;

/** How the weights of a transformer's layers are stored and multiplied. */
public enum BertForm {
  /** As they were trained: the reference. */
  FLOAT32,
  /**
   * Matrices in int8, but for the output of each feed-forward block. With these in int8 too, the
   * model no longer copies tokens from a passage.
   */
  MIXED
}
