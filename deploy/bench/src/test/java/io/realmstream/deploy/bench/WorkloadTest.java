package io.realmstream.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void noPassageIsMadeTwice() {
    Workload workload = new Workload();
    List<DocumentEdit> passages =
        Stream.concat(workload.passages(700).stream(), workload.passages(700).stream()).toList();
    assertThat(passages).extracting(DocumentEdit::id).doesNotHaveDuplicates();
    assertThat(passages).extracting(DocumentEdit::text).doesNotHaveDuplicates();
  }

  @Test
  void questionsComeInTurnUnderIdsOfTheirOwn() {
    Workload workload = new Workload();
    int asked = 2 * SampleKnowledgeBase.questions().size();
    List<Query> queries = workload.questions(QueryKind.RETRIEVE, asked);
    assertThat(queries).extracting(Query::id).doesNotHaveDuplicates();
    assertThat(queries.stream().map(Query::text).distinct()).hasSize(asked / 2);
  }
}
