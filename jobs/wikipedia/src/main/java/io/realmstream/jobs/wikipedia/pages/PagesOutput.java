package io.realmstream.jobs.wikipedia.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.site.Wiki;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.Reason;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Sends the document edits and outcomes of the pages operator, and counts them. */
public final class PagesOutput {
  /** Records of the topic of outcomes. */
  public static final OutputTag<OutboundRecord> OUTCOMES = new OutputTag<>("outcomes") {};

  private static final long LAST_MS = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private final Output<StreamRecord<OutboundRecord>> output;
  private final PagesSettings settings;
  private final Map<PageOutcome, Counter> outcomes = new EnumMap<>(PageOutcome.class);
  private final Map<Reason, Counter> reasons = new EnumMap<>(Reason.class);

  PagesOutput(
      Output<StreamRecord<OutboundRecord>> output,
      PagesSettings settings,
      OperatorMetrics metrics) {
    this.output = output;
    this.settings = settings;
    for (PageOutcome outcome : PageOutcome.values()) {
      outcomes.put(outcome, metrics.of("outcome", outcome).counter("statements"));
    }
    for (Reason reason : Reason.values()) {
      reasons.put(reason, metrics.of("reason", reason).counter("reasons"));
    }
  }

  /** Publishes a text, unless its document is larger than documents may be. */
  boolean publish(WaitingText waiting, PageText text) {
    Instant made = waiting.revisionMs() == 0 ? null : Instant.ofEpochMilli(waiting.revisionMs());
    DocumentEdit edit =
        new DocumentEdit(
            waiting.key(),
            waiting.documentRevision(),
            EditKind.UPSERT,
            waiting.title(),
            text.text(),
            true,
            made,
            provenance(waiting, made));
    byte[] bytes = Codecs.DOCUMENT_EDIT.encode(edit);
    boolean fits = bytes.length <= Codecs.DOCUMENT_BYTES_MAX;
    if (fits) {
      write(edit.id(), bytes);
    }
    return fits;
  }

  /** Deletes a page's document; a purge also has its text forgotten everywhere. */
  void delete(String key, long documentRevision, boolean purge) {
    EditKind kind = purge ? EditKind.PURGE : EditKind.DELETE;
    DocumentEdit edit =
        new DocumentEdit(key, documentRevision, kind, "", "", true, null, Provenance.NONE);
    write(key, Codecs.DOCUMENT_EDIT.encode(edit));
  }

  /** Says what became of a statement. */
  void outcome(Page page, PageOutcome outcome, @Nullable Reason reason) {
    count(outcomes, outcome);
    if (reason != null) {
      count(reasons, reason);
    }
    WikipediaOutcome record =
        new WikipediaOutcome(
            page.wiki(),
            page.pageId(),
            page.revision() == 0 ? null : page.revision(),
            outcome,
            reason,
            null,
            null,
            time(page.timeMs()));
    String key = WikipediaObserved.key(page.wiki(), page.pageId());
    output.collect(
        OUTCOMES,
        new StreamRecord<>(
            OutboundRecord.byKey(key.getBytes(UTF_8), Codecs.WIKIPEDIA_OUTCOME.encode(record))));
  }

  /**
   * The page and revision of an outcome.
   *
   * @param revision 0 = of none
   * @param timeMs by the wiki's clock, epoch ms
   */
  record Page(String wiki, long pageId, long revision, long timeMs) {
    static Page of(WaitingText waiting) {
      return new Page(
          waiting.wiki(), waiting.pageId(), waiting.revision(), waiting.documentRevision());
    }
  }

  /** Epoch 0 instead of what no record can say: a stranger's document may have any revision. */
  private static Instant time(long ms) {
    return Instant.ofEpochMilli(ms <= LAST_MS ? ms : 0);
  }

  private Provenance provenance(WaitingText waiting, @Nullable Instant made) {
    Wiki wiki = Wiki.of(waiting.wiki(), settings.fetch().wikis());
    Provenance provenance =
        new Provenance(
            wiki.link(waiting.title(), waiting.revision()),
            settings.license(),
            new Source(waiting.wiki(), waiting.pageId(), waiting.revision(), made));
    return provenance.hasFitLink() ? provenance : provenance.withoutLink();
  }

  private void write(String key, byte[] edit) {
    output.collect(new StreamRecord<>(OutboundRecord.byKey(key.getBytes(UTF_8), edit)));
  }

  private static <K extends Enum<K>> void count(Map<K, Counter> counters, K name) {
    Counter counter = counters.get(name);
    if (counter != null) {
      counter.inc();
    }
  }
}
