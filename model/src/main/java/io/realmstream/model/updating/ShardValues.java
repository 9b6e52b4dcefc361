package io.realmstream.model.updating;

import io.realmstream.model.state.Value;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.ShardPosition;

/**
 * The values of one document shard.
 *
 * @param versions the version table as of the last event; some hundred bytes a version
 * @param untakenSince Kafka timestamp of the earliest edit that no version took so far, or a LATE
 *     one did not
 * @param live how many documents are live
 * @param sent what was sent last to the vectors topic, as of the last snapshot
 * @param republication the last one
 * @param debt none before the end of the topic of accepted edits
 */
public record ShardValues(
    Value<VersionTable> versions,
    Value<Long> untakenSince,
    Value<Long> live,
    Value<ShardPosition> sent,
    Value<Republication> republication,
    Value<AcceptedDebt> debt) {}
