package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.retrieval.Ranking;
import io.realmstream.model.retrieval.SearchVerdict;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Puts the candidates that still stand in their documents into the order of their scores. When too
 * few of them do although the cells hold more, or it took too long, the question leaves for another
 * search instead.
 */
public final class GatherPassagesFunction
    extends GatherFunction<Candidates, Found, RetrievedQuery> {
  public static final String UID = "gather-passages";

  /** Questions of which too few passages stand: records of the search-again topic. */
  public static final OutputTag<OutboundRecord> SEARCHES_AGAIN =
      new OutputTag<>("searches-again") {};

  private static final long serialVersionUID = 1L;

  private final int hitsMax;
  private final long knownMs;
  private transient Histogram retrieveMs;
  private transient Counter searchesAgain;
  private transient Counter searchesShort;
  private transient Counter searchesLate;

  /**
   * @param hitsMax the most hits that a search is made again with; 0 = none is
   * @param known for how long after its stamp a question finds what was current then
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public GatherPassagesFunction(int hitsMax, Duration known) {
    super(Candidates.class, Found.class);
    this.hitsMax = hitsMax;
    knownMs = known.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    retrieveMs = metrics.histogram("retrieveMs");
    searchesAgain = metrics.counter("searchesAgain");
    searchesShort = metrics.counter("searchesShort");
    searchesLate = metrics.counter("searchesLate");
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
  protected void join(
      Candidates candidates, List<Found> parts, Context context, Collector<RetrievedQuery> out) {
    boolean partial = candidates.partial() || parts.size() < candidates.shards().size();
    RetrievedQuery retrieved = retrieved(candidates, parts, partial, context);
    // a partial one leaves at its deadline, or lacks cells that another search would not find
    SearchVerdict verdict = partial ? SearchVerdict.WHOLE : verdict(candidates, retrieved);
    if (verdict == SearchVerdict.AGAIN) {
      SearchLimit next = candidates.limit().twice(hitsMax);
      OutboundRecord again = candidates.query().stamped().request().again(next);
      if (again != null) {
        searchesAgain.inc();
        context.output(SEARCHES_AGAIN, again);
        return;
      }
    }
    if (verdict == SearchVerdict.WHOLE) {
      out.collect(retrieved);
    } else {
      (verdict == SearchVerdict.LATE ? searchesLate : searchesShort).inc();
      out.collect(retrieved.inexact());
    }
  }

  private SearchVerdict verdict(Candidates candidates, RetrievedQuery retrieved) {
    SearchVerdict verdict = found(candidates, retrieved).verdict(candidates.limit(), hitsMax);
    if (verdict != SearchVerdict.WHOLE || !candidates.exact()) {
      return verdict;
    }
    StampedQuery stamped = candidates.query().stamped();
    QueryRequest request = stamped.request();
    SearchLimit first = SearchLimit.first(stamped.query().passages());
    return new SearchVerdict.Age(
            retrieved.retrievedMs() - stamped.stampedMs(),
            knownMs,
            request.deadlineMs() - retrieved.retrievedMs())
        .verdict(request.limit().equals(first) && !first.twice(hitsMax).equals(first));
  }

  private static SearchVerdict.Yield found(Candidates candidates, RetrievedQuery retrieved) {
    Query query = candidates.query().stamped().query();
    Ranking ranking = candidates.ranking();
    double scale = candidates.query().stamped().checkpoint().scoreScale();
    int wanted = query.passages() - (query.nullDocument() ? 1 : 0);
    int standing = 0;
    for (Candidate candidate : new AnswerDraft(retrieved).candidates()) {
      if (!candidate.isNullDocument() && ranking.isCertain(candidate.score(), scale)) {
        standing++;
      }
    }
    return new SearchVerdict.Yield(wanted, standing, ranking.cut());
  }

  private RetrievedQuery retrieved(
      Candidates candidates, List<Found> parts, boolean partial, Context context) {
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
    return new RetrievedQuery(
        candidates.query(),
        ranked,
        candidates.tally(),
        candidates.exact(),
        candidates.hits().size() - ranked.size(),
        partial,
        nowMs,
        null);
  }
}
