package io.realmstream.model.learning.live;

import io.realmstream.schemas.Hash128;
import java.util.List;

/**
 * State: which passages a document has.
 *
 * @param revision the last that was taken
 * @param passages those of its manifest that are kept
 * @param staged those that came with parts of a record whose last part is still to come
 */
public record LearnedDocument(long revision, List<Hash128> passages, List<Hash128> staged) {}
