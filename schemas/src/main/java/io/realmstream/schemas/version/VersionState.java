package io.realmstream.schemas.version;

/** Life of an index version. */
public enum VersionState {
  BUILDING,
  READY,
  ACTIVE,
  PAUSED,
  RETIRED,
  REFUSED
}
