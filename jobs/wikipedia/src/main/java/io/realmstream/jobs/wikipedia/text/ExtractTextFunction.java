package io.realmstream.jobs.wikipedia.text;

import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.schemas.wikipedia.TextFormat;
import org.apache.flink.api.common.functions.MapFunction;

/** Statements that carry wikitext get the text that readers see instead. */
public final class ExtractTextFunction implements MapFunction<Statement, Statement> {
  public static final String UID = "text";
  private static final long serialVersionUID = 1L;

  private final TextExtractor extractor;

  public ExtractTextFunction(TextExtractor extractor) {
    this.extractor = extractor;
  }

  @Override
  public Statement map(Statement statement) {
    PageText text = statement.text();
    return text == null || text.format() == TextFormat.PLAIN
        ? statement
        : statement.withText(extractor.extract(text.text()));
  }
}
