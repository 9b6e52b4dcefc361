package io.realmstream.schemas.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the freshness topic: a mark and, about once a second, what is settled.
 *
 * @param settled what is new of it; null = nothing
 */
public record FreshnessRecord(
    @JsonUnwrapped FreshnessMark mark, @Nullable List<SettledShards> settled) {}
