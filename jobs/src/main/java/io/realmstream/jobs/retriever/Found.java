package io.realmstream.jobs.retriever;

import java.util.List;

/** What one document shard still has of the candidates. */
public record Found(String request, long deadlineMs, int shard, List<FoundPassage> passages) {}
