package io.realmstream.model.updating.reuse;

import io.realmstream.model.encoder.TrunkOutput;

/** State: a passage that a document has lost, under a trunk. */
public record DroppedPassage(TrunkKey key, TrunkOutput output) {}
