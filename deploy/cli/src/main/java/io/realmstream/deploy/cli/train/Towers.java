package io.realmstream.deploy.cli.train;

/** What is trained. */
enum Towers {
  /** The trunk that both towers share; passages are embedded again. */
  BOTH,
  /** The query tower alone, against the vectors in force; no passage is touched. */
  QUERY
}
