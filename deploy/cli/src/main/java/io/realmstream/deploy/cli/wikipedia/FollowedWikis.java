package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.model.wikipedia.site.Contact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** Which wikis the job WikipediaFollower follows. */
public final class FollowedWikis {
  @Option(
      names = "--wiki",
      paramLabel = "WIKI",
      required = true,
      split = ",",
      converter = WikiConverter.class,
      description =
          "Runs WikipediaFollower besides, for wikis of these database names, for instance enwiki."
              + " `realm wikipedia live` and `import` bring what it follows.")
  private List<String> wikis = new ArrayList<>();

  @Option(
      names = "--contact",
      paramLabel = "MAIL|URL",
      required = true,
      converter = ContactConverter.class,
      description = "With --wiki: whom the wiki's operators can write to, since texts are fetched.")
  @SuppressWarnings("NullAway.Init") // required
  private Contact contact;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "With --wiki: edits of a page within this time are fetched once, 0 = each is (default:"
              + " ${DEFAULT-VALUE}).")
  @Range(min = 0, max = Range.SECONDS_MAX)
  private long settleSeconds = 5;

  @Option(
      names = "--hold",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description =
          "With --wiki: a text is published when it has stood so long, so that what is reverted in"
              + " time never shows; 0 = at once (default: ${DEFAULT-VALUE}). Deletions never wait.")
  @Range(min = 0, max = Range.SECONDS_MAX / 60)
  private long holdMinutes;

  /** Switches the job on. */
  public void switchOn(Configuration settings) {
    settings.set(WikipediaOptions.WIKIS, wikis);
    settings.set(WikipediaOptions.CONTACT, contact.address());
    settings.set(WikipediaOptions.SETTLE, Duration.ofSeconds(settleSeconds));
    settings.set(WikipediaOptions.HOLD, Duration.ofMinutes(holdMinutes));
  }

  /** The same as arguments of another process. */
  public List<String> arguments() {
    return List.of(
        "--wiki=" + String.join(",", wikis),
        "--contact=" + contact.address(),
        "--settle=" + settleSeconds,
        "--hold=" + holdMinutes);
  }
}
