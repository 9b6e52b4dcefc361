package io.realmstream.jobs.updater;

import io.realmstream.model.encoder.TrunkOutput;

/** State: a passage that a document has lost, under a trunk. */
public record DroppedPassage(TrunkKey key, TrunkOutput output) {}
