package io.realmstream.schemas.version;

/** How long a version is kept when another one takes its place. */
public enum VersionClass {
  /** What people publish: kept up to date for the rollback window. */
  RELEASE,
  /**
   * What a learner publishes, one after the other: kept while it is the one before the version in
   * force, and for the rollback window at most. A release takes its place while it is being built.
   */
  TRIAL
}
