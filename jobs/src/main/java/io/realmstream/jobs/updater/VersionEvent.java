package io.realmstream.jobs.updater;

import io.realmstream.model.version.VersionTable;

/**
 * The version table on its way to one document shard, after each change and at each start.
 *
 * @param run grows with each start of the job: what heartbeats carry
 */
public record VersionEvent(int shard, long run, VersionTable table) {}
