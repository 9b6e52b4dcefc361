package io.realmstream.deploy.cli.serve;

import io.realmstream.deploy.door.page.Sample;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.deploy.sample.SampleKnowledgeBase.Question;

/** The sample that the page offers to an empty knowledge base: that of {@code realm demo}. */
public final class PageSample {
  private PageSample() {}

  public static Sample of() {
    return new Sample(
        SampleKnowledgeBase.documents(),
        SampleKnowledgeBase.demo().questions().stream().map(Question::question).toList());
  }
}
