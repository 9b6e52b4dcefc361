package io.realmstream.jobs.retriever.passages;

import io.realmstream.model.serving.revision.FoundPassage;
import java.util.List;

/** What one document shard still has of the candidates. */
public record Found(String request, long deadlineMs, int shard, List<FoundPassage> passages) {}
