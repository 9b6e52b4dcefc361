package io.realmstream.jobs.wikipedia.decode;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.BadRecordException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes what the knowledge base holds of pages at a start without state, so that the revisions of
 * their documents go on from there. It skips other documents. It also skips records that cannot be
 * read, since these are dead letters of the updater.
 */
public final class DecodeKnownFunction implements FlatMapFunction<InboundRecord, Statement> {
  public static final String UID = "decode-known";
  private static final long serialVersionUID = 1L;
  private static final Pattern PAGE = Pattern.compile("(\\w+):([1-9]\\d{0,17})");

  private final Set<String> wikis;

  /**
   * @param wikis database names of the wikis that are followed
   */
  public DecodeKnownFunction(Set<String> wikis) {
    this.wikis = Set.copyOf(wikis);
  }

  @Override
  public void flatMap(InboundRecord record, Collector<Statement> out) {
    Map<String, byte[]> headers = new HashMap<>();
    for (RecordHeader header : record.headers()) {
      headers.put(header.key(), header.value());
    }
    try {
      AcceptedEdit accepted = AcceptedEditCodec.decode(record.key(), record.value(), headers);
      Matcher page = PAGE.matcher(accepted.edit().id());
      if (page.matches() && wikis.contains(page.group(1))) {
        out.collect(known(page.group(1), Long.parseLong(page.group(2)), accepted));
      }
    } catch (BadRecordException e) {
      return;
    }
  }

  private static Statement known(String wiki, long pageId, AcceptedEdit accepted) {
    DocumentEdit edit = accepted.edit();
    boolean present = !edit.kind().deletes();
    RevisionFacts revision = revision(edit);
    return new Statement(
        wiki,
        pageId,
        present ? StatementKind.KNOWN_PRESENT : StatementKind.KNOWN_GONE,
        accepted.revision(),
        revision.timeMs(),
        present ? new PageFacts(edit.title(), 0, false, "") : PageFacts.NONE,
        revision,
        null);
  }

  private static RevisionFacts revision(DocumentEdit edit) {
    Source source = edit.provenance().source();
    if (source == null) {
      return RevisionFacts.NONE;
    }
    Instant made = source.revisionTime();
    long madeMs = made == null ? 0 : made.toEpochMilli();
    return new RevisionFacts(source.revisionId(), madeMs, "", 0, true);
  }
}
