package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.model.wikipedia.site.Contact;
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

  /** Switches the job on. */
  public void switchOn(Configuration settings) {
    settings.set(WikipediaOptions.WIKIS, wikis);
    settings.set(WikipediaOptions.CONTACT, contact.address());
  }

  /** The same as arguments of another process. */
  public List<String> arguments() {
    return List.of("--wiki", String.join(",", wikis), "--contact", contact.address());
  }
}
