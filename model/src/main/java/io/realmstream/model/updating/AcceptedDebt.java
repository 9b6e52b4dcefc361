package io.realmstream.model.updating;

/** State: what a shard that has had the whole topic of accepted edits owes it. */
public enum AcceptedDebt {
  EVERY_DOCUMENT,
  NOTED,
  NONE
}
