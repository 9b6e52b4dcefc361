package io.realmstream.jobs.retriever.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Passages that the models cannot tell apart are one candidate. */
class AnswerDraftTest {
  private static final WhiteSpace WHITE = new WhiteSpace("\t\n \u00a0\u3000");

  @Test
  void passagesThatDifferInWhiteSpaceAloneAreOneWithTheSmallestUid() {
    List<Candidate> candidates =
        candidates(
            WHITE,
            passage(9, "Light", "It was lit in 1868."),
            passage(3, "Light", "It was lit  in 1868."),
            passage(5, "Light ", "It\twas\nlit\u00a0in\u3000 1868.\n"));

    assertThat(candidates).extracting(Candidate::uid).containsExactly(uid(3));
    assertThat(candidates.get(0).body()).as("as it stands").isEqualTo("It was lit  in 1868.");
  }

  @Test
  void whereATokenizerSeesWhiteSpaceTheyAreTwo() {
    assertThat(
            candidates(
                WhiteSpace.NONE, passage(9, "", "lit in 1868"), passage(3, "", "lit  in 1868")))
        .hasSize(2);
  }

  @Test
  void whatNoTokenizerTakesForWhiteSpaceKeepsThemApart() {
    assertThat(candidates(WHITE, passage(9, "", "lit in 1868"), passage(3, "", "lit\u000bin 1868")))
        .hasSize(2);
    assertThat(candidates(WHITE, passage(9, "", "a b"), passage(3, "", "ab"))).hasSize(2);
  }

  @Test
  void titlesAndTextsAreComparedEachByItself() {
    assertThat(candidates(WHITE, passage(9, "a b", "c"), passage(3, "a", "b c"))).hasSize(2);
    assertThat(candidates(WHITE, passage(9, "a", "c"), passage(3, "b", "c"))).hasSize(2);
  }

  private static List<Candidate> candidates(WhiteSpace white, FoundPassage... passages) {
    Query query =
        new Query(
            "id",
            "text",
            QueryKind.RETRIEVE,
            new QueryScope(10, null, true, null, null),
            null,
            QueryOptions.DEFAULT);
    StampedQuery stamped =
        new StampedQuery(
            new QueryRequest("request", query, 5_000, List.of(), SearchLimit.first(10)),
            0,
            new IndexVersion(1, "", "", "", "flat-4"),
            1,
            DefaultCheckpoints.minilm(),
            true,
            null,
            white);
    EmbeddedQuery embedded =
        new EmbeddedQuery(stamped, new float[] {1}, null, false, 0, null, null);
    List<RankedPassage> ranked = new ArrayList<>();
    for (FoundPassage passage : passages) {
      ranked.add(new RankedPassage(passage, 1));
    }
    return new AnswerDraft(
            new RetrievedQuery(embedded, ranked, new SearchTally(4, 0, 0), true, 0, false, 0, null))
        .candidates();
  }

  private static FoundPassage passage(int uid, String title, String text) {
    return new FoundPassage(
        uid(uid),
        new Hash128(1, uid),
        new QuotedPassage("document", title, text, 1, null, 0, text.length(), Provenance.NONE));
  }

  private static Hash128 uid(int number) {
    return new Hash128(0, number);
  }
}
