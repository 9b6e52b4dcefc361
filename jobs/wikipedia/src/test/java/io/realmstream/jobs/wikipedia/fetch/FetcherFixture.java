package io.realmstream.jobs.wikipedia.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A fetcher in front of a real server; time passes only when nothing is under way. */
abstract class FetcherFixture {
  static final long PATIENCE_S = 60;

  final LocalApi api = new LocalApi();
  final LinkedBlockingQueue<Runnable> mails = new LinkedBlockingQueue<>();
  final List<FetchedText> results = new ArrayList<>();
  long nowMs = 1_000;
  Fetcher fetcher = fetcher(200);

  FetcherFixture() throws IOException {}

  @AfterEach
  void close() {
    api.close();
  }

  Fetcher fetcher(int perMinute) {
    return new Fetcher(
        api.settings(perMinute), new Fetcher.Machinery(mails::add, () -> nowMs), results::add);
  }

  static WantedText wanted(long revision) {
    return new WantedText("enwiki", "enwiki:" + revision, revision, revision);
  }

  void run(int expected) throws InterruptedException {
    while (results.size() < expected) {
      fetcher.send();
      if (fetcher.inFlight() == 0) {
        assertThat(fetcher.nextMs()).as("nothing will happen").isLessThan(Long.MAX_VALUE);
        nowMs = Math.max(nowMs, fetcher.nextMs());
      } else {
        Runnable mail = mails.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(mail).as("an answer").isNotNull();
        mail.run();
      }
    }
  }
}
