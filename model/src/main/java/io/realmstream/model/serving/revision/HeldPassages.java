package io.realmstream.model.serving.revision;

import io.realmstream.schemas.Hash128;
import java.util.List;

/** The passages whose texts a shard holds for one document. */
public record HeldPassages(List<Hash128> uids) {}
