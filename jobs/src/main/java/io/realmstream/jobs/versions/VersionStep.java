package io.realmstream.jobs.versions;

import io.realmstream.schemas.version.VersionProposal;
import org.jspecify.annotations.Nullable;

/**
 * A step through the version log: a proposal, or, without one, that all has been read that stood in
 * the log at the start. The latter comes once in each run.
 */
public record VersionStep(@Nullable VersionProposal proposal) {
  /** Nothing is left of what stood in the log at the start. */
  public static final VersionStep END = new VersionStep(null);
}
