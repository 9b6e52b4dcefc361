package io.realmstream.jobs.wikipedia.fetch;

import io.realmstream.jobs.wikipedia.fetch.WikiQueue.Attempt;
import io.realmstream.jobs.wikipedia.fetch.WikiQueue.Request;
import io.realmstream.model.wikipedia.site.Wiki;
import io.realmstream.schemas.wikipedia.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Fetches texts of revisions, within the budget of each host. A request takes up to 50 revisions,
 * or those that came within 250 ms. All methods run on one thread.
 *
 * <p>A request that the host refuses (429, 503, lag), that does not reach it or gets no reply (502,
 * 504, too slow) is repeated until it succeeds: the host is out of order, not the revision. What
 * makes no sense, or lacks a revision, counts as a try; so does a missing reply to a request for
 * one revision if the host answers other requests. After four tries the revision is given up.
 */
public final class Fetcher {
  static final int TRIES_MAX = 4;
  private static final long FIRST_PAUSE_MS = 2_000;

  private final FetchSettings settings;
  private final MediaWikiApi api;
  private final Executor mails;
  private final LongSupplier clock;
  private final Consumer<FetchedText> results;

  /** Metrics read them on another thread. */
  private final Map<String, WikiQueue> queues = new ConcurrentHashMap<>();

  private final Map<String, HostBudget> budgets = new ConcurrentHashMap<>();
  private long number;
  private long requests;
  private long refusals;

  /** Where a fetcher's thread is. */
  public record Machinery(Executor mails, LongSupplier clock) {}

  /**
   * @param machinery runs what is handed to it on the fetcher's thread; tells epoch ms
   * @param results gets each result, on that thread
   */
  public Fetcher(FetchSettings settings, Machinery machinery, Consumer<FetchedText> results) {
    this.settings = settings;
    this.mails = machinery.mails();
    this.clock = machinery.clock();
    this.results = results;
    api = new MediaWikiApi(settings.userAgent());
  }

  /** Fetches a text, instead of any that was wanted of its page before. */
  public void want(WantedText text) {
    queue(text.wiki())
        .want(new Attempt(text, 0, clock.getAsLong(), WikiQueue.REVISIONS_MAX, number++));
  }

  /** Nothing is wanted of a page any more. */
  public void forget(String key) {
    queues.values().forEach(queue -> queue.forget(key));
  }

  /** Sends what may leave now. */
  public void send() {
    long nowMs = clock.getAsLong();
    for (WikiQueue queue : queues.values()) {
      for (Request next = queue.next(nowMs); next != null; next = queue.next(nowMs)) {
        send(queue, next, nowMs);
      }
    }
  }

  /** When {@link #send} has something to do again, epoch ms; the far future if nothing waits. */
  public long nextMs() {
    return queues.values().stream().mapToLong(WikiQueue::nextMs).min().orElse(Long.MAX_VALUE);
  }

  /** Revisions that wait for a request. */
  public long waiting() {
    return queues.values().stream().mapToLong(WikiQueue::size).sum();
  }

  public long inFlight() {
    return budgets.values().stream().mapToLong(HostBudget::inFlight).sum();
  }

  /** For how long a wiki has answered nothing; 0 = it answered last, or nothing of it is wanted. */
  public long unansweredMs(String wiki) {
    WikiQueue queue = queues.get(wiki);
    return queue == null ? 0 : queue.unansweredMs(clock.getAsLong());
  }

  /** Requests that were sent. */
  public long requests() {
    return requests;
  }

  /** Of them, those that were refused or did not arrive. */
  public long refusals() {
    return refusals;
  }

  private void send(WikiQueue queue, Request request, long nowMs) {
    List<Attempt> open = request.open().stream().filter(queue::isWanted).toList();
    if (open.isEmpty()) {
      return;
    }
    Request sent =
        request.further().isEmpty()
            ? new Request(
                open.stream().map(each -> each.wanted().revision()).toList(), open, Map.of())
            : new Request(request.ids(), open, request.further());
    queue.budget().sent(nowMs);
    requests++;
    var unused =
        api.revisions(queue.wiki().api(), sent.ids(), sent.further())
            .thenAccept(answer -> mails.execute(() -> answered(queue, sent, answer)));
  }

  private void answered(WikiQueue queue, Request request, ApiAnswer answer) {
    long nowMs = clock.getAsLong();
    if (answer instanceof ApiAnswer.Refused refused) {
      refusals++;
      queue.budget().refused(nowMs, refused.pauseMs());
      request.open().forEach(each -> queue.add(each.again(each.tries(), nowMs, each.companions())));
    } else if (answer instanceof ApiAnswer.Unanswered) {
      refusals++;
      // a host that answers others is not out of reach: this revision is too much for it
      boolean counts = request.open().size() == 1 && queue.budget().answersLately();
      queue.budget().refused(nowMs, 0);
      for (Attempt each : halved(request.open())) {
        if (counts) {
          tryAgain(queue, each, Reason.UNREACHABLE);
        } else {
          queue.add(each.again(each.tries(), nowMs, each.companions()));
        }
      }
    } else if (answer instanceof ApiAnswer.Broken) {
      refusals++;
      queue.budget().refused(nowMs, 0);
      halved(request.open()).forEach(each -> tryAgain(queue, each, Reason.UNREACHABLE));
    } else if (answer instanceof ApiAnswer.TooLarge) {
      queue.budget().answered();
      split(queue, request.open(), nowMs);
    } else if (answer instanceof ApiAnswer.Revisions revisions) {
      queue.budget().answered();
      take(queue, request, revisions);
    }
    send();
  }

  private void take(WikiQueue queue, Request request, ApiAnswer.Revisions revisions) {
    List<Attempt> open = new ArrayList<>();
    for (Attempt attempt : request.open()) {
      ApiAnswer.Revision revision = revisions.byId().get(attempt.wanted().revision());
      if (revision == null) {
        open.add(attempt);
      } else if (revision.reason() == Reason.NO_SUCH_REVISION
          || revision.reason() == Reason.UNREACHABLE) {
        tryAgain(queue, attempt, revision.reason());
      } else {
        report(queue, attempt, revision, revisions.answeredMs());
      }
    }
    boolean went = open.size() < request.open().size();
    if (went && !open.isEmpty() && !revisions.further().isEmpty()) {
      queue.addContinuation(new Request(request.ids(), open, revisions.further()));
    } else {
      open.forEach(attempt -> tryAgain(queue, attempt, Reason.NO_SUCH_REVISION));
    }
  }

  /** In halves, so that a revision that is too much for the host keeps no others back for long. */
  private static List<Attempt> halved(List<Attempt> open) {
    int half = Math.max(1, open.size() / 2);
    return open.stream().map(each -> each.again(each.tries(), each.readyMs(), half)).toList();
  }

  /** Asks for half as many a request. A revision that does not fit alone is given up. */
  private void split(WikiQueue queue, List<Attempt> open, long nowMs) {
    int half = open.size() / 2;
    for (Attempt attempt : open) {
      if (half == 0) {
        report(queue, attempt, new ApiAnswer.Revision(null, Reason.TOO_LARGE), 0);
      } else {
        queue.add(attempt.again(attempt.tries(), nowMs, half));
      }
    }
  }

  private void tryAgain(WikiQueue queue, Attempt attempt, Reason reason) {
    int tries = attempt.tries() + 1;
    if (tries >= TRIES_MAX) {
      report(queue, attempt, new ApiAnswer.Revision(null, reason), 0);
      return;
    }
    long readyMs = clock.getAsLong() + (FIRST_PAUSE_MS << (tries - 1));
    queue.add(attempt.again(tries, readyMs, attempt.companions()));
  }

  private void report(
      WikiQueue queue, Attempt attempt, ApiAnswer.Revision revision, long answeredMs) {
    if (queue.isWanted(attempt)) {
      queue.forget(attempt.wanted().key());
      results.accept(
          new FetchedText(attempt.wanted(), revision.text(), revision.reason(), answeredMs));
    }
  }

  private WikiQueue queue(String wiki) {
    return queues.computeIfAbsent(
        wiki,
        name -> {
          Wiki site = Wiki.of(name, settings.wikis());
          HostBudget budget =
              budgets.computeIfAbsent(
                  site.api().getAuthority(),
                  host -> new HostBudget(settings.requestsPerMinute(), clock.getAsLong()));
          return new WikiQueue(site, budget);
        });
  }
}
