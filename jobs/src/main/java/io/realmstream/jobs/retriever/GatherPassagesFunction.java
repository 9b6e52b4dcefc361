package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.index.Hit;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Histogram;

/** Puts the candidates that still stand in their documents into the order of their scores. */
public final class GatherPassagesFunction
    extends GatherFunction<Candidates, Found, RetrievedQuery> {
  static final String UID = "gather-passages";
  private static final long serialVersionUID = 1L;

  private transient Histogram retrieveMs;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public GatherPassagesFunction() {
    super(Candidates.class, Found.class);
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    retrieveMs = new OperatorMetrics(getRuntimeContext().getMetricGroup()).histogram("retrieveMs");
  }

  @Override
  protected int expected(Candidates candidates) {
    return candidates.shards().size();
  }

  @Override
  protected int shard(Found found) {
    return found.shard();
  }

  @Override
  protected long deadlineMs(Candidates candidates) {
    return candidates.query().stamped().request().deadlineMs();
  }

  @Override
  protected long partDeadlineMs(Found found) {
    return found.deadlineMs();
  }

  @Override
  protected RetrievedQuery join(Candidates candidates, List<Found> parts, Context context) {
    Map<Hash128, FoundPassage> standing = new HashMap<>();
    for (Found part : parts) {
      for (FoundPassage passage : part.passages()) {
        standing.put(passage.uid(), passage);
      }
    }
    double scale = candidates.query().stamped().checkpoint().scoreScale();
    List<RankedPassage> ranked = new ArrayList<>();
    for (Hit hit : candidates.hits()) {
      FoundPassage passage = standing.get(hit.uid());
      if (passage != null) {
        ranked.add(new RankedPassage(passage, scale * hit.score()));
      }
    }
    long nowMs = context.timerService().currentProcessingTime();
    retrieveMs.update(nowMs - candidates.query().stamped().stampedMs());
    boolean partial = candidates.partial() || parts.size() < candidates.shards().size();
    return new RetrievedQuery(
        candidates.query(),
        ranked,
        candidates.cells(),
        candidates.exact(),
        candidates.scanned(),
        candidates.reScored(),
        candidates.hits().size() - ranked.size(),
        partial,
        partial && ranked.isEmpty(),
        nowMs,
        null);
  }
}
