package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.wikipedia.fetch.FetchedText;
import io.realmstream.jobs.wikipedia.fetch.Fetcher;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides what statements about pages change, fetches the texts that are missing, and publishes. It
 * has one subtask, so that there is one budget of requests.
 *
 * <p>A fetch runs on other threads, and its result comes as a mail. Nothing waits for it. A
 * deletion that comes meanwhile is published; the result then belongs to an older revision of the
 * document and is dropped. Texts that wait are in state, so a restore fetches again what was under
 * way.
 */
public final class PagesOperator extends AbstractStreamOperator<OutboundRecord>
    implements OneInputStreamOperator<Statement, OutboundRecord> {
  public static final String UID = "pages";
  private static final long serialVersionUID = 1L;

  private final transient PagesSettings settings;
  private final transient TextExtractor extractor;
  private final transient MailboxExecutor mailbox;
  private transient @Nullable Pages pages;
  private transient @Nullable Fetcher fetcher;

  /** When the next timer fires. */
  private transient long timerMs = Long.MAX_VALUE;

  PagesOperator(
      StreamOperatorParameters<OutboundRecord> parameters,
      PagesSettings settings,
      TextExtractor extractor) {
    super(parameters);
    this.settings = settings;
    this.extractor = extractor;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void open() throws Exception {
    super.open();
    OperatorMetrics metrics = new OperatorMetrics(getMetricGroup());
    Fetcher fetcher =
        new Fetcher(settings.fetch(), new Fetcher.Machinery(this::mail, this::now), this::fetched);
    Pages pages =
        new Pages(
            settings,
            extractor,
            new PagesState(getRuntimeContext()),
            new PagesOutput(output, settings, metrics));
    this.fetcher = fetcher;
    this.pages = pages;
    PagesState.forEachWaiting(getKeyedStateBackend(), pages::restore);
    metrics.gauge("textsWaiting", pages::waitingPages);
    metrics.gauge("requestsInFlight", fetcher::inFlight);
    metrics.gauge("requests", fetcher::requests);
    metrics.gauge("requestsRefused", fetcher::refusals);
    for (String wiki : settings.fetch().wikis().keySet()) {
      metrics.of("wiki", wiki).gauge("unansweredMs", () -> fetcher.unansweredMs(wiki));
    }
    metrics.gauge("statementAgeMs", () -> pages.ageMs(now()));
    work();
  }

  @Override
  public void processElement(StreamRecord<Statement> element) throws Exception {
    Statement statement = element.getValue();
    opened(pages).take(statement, now());
    if (!opened(pages).isBeingFetched(statement.key())) {
      opened(fetcher).forget(statement.key());
    }
    work();
  }

  private void fetched(FetchedText fetched) {
    try {
      setCurrentKey(fetched.wanted().key());
      opened(pages).fetched(fetched, now());
    } catch (IOException e) {
      throw new UncheckedIOException("state", e);
    }
  }

  /** Publishes or fetches what is due, sends requests, and comes back when there is more. */
  private void work() throws IOException {
    long nowMs = now();
    Pages pages = opened(this.pages);
    Fetcher fetcher = opened(this.fetcher);
    for (String key = pages.due().poll(nowMs); key != null; key = pages.due().poll(nowMs)) {
      setCurrentKey(key);
      pages.publishOrFetch(key, fetcher);
    }
    fetcher.send();
    long nextMs = Math.min(pages.due().nextMs(), fetcher.nextMs());
    if (nextMs < timerMs) {
      timerMs = nextMs;
      var unused = getProcessingTimeService().registerTimer(nextMs, this::fire);
    }
  }

  private void fire(long firedMs) throws IOException {
    if (firedMs >= timerMs) {
      timerMs = Long.MAX_VALUE;
    }
    work();
  }

  // A mailbox that refuses belongs to a task that ends: a restore fetches again
  private void mail(Runnable task) {
    try {
      mailbox.execute(
          () -> {
            task.run();
            work();
          },
          "texts fetched");
    } catch (RejectedExecutionException ignored) {
      return;
    }
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private static <T> T opened(@Nullable T part) {
    return Objects.requireNonNull(part, "not open");
  }
}
