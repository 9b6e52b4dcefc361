package io.realmstream.jobs.wikipedia;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.realmstream.jobs.wikipedia.fetch.FetchSettings;
import io.realmstream.jobs.wikipedia.pages.PagesSettings;
import io.realmstream.model.wikipedia.Scope;
import io.realmstream.model.wikipedia.site.Contact;
import io.realmstream.model.wikipedia.site.Wiki;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/** The settings of the follower, besides those of all jobs ({@code RealmOptions}). */
public final class WikipediaOptions {
  public static final ConfigOption<List<String>> WIKIS =
      key("realm.wikipedia.wikis")
          .stringType()
          .asList()
          .defaultValues("enwiki")
          .withDescription("Database names of the wikis that are followed.");

  public static final ConfigOption<String> CONTACT =
      key("realm.wikipedia.contact")
          .stringType()
          .defaultValue("")
          .withDescription(
              "A mail address or a URL by which Wikipedia's operators reach you; it stands in each"
                  + " request. Without one the job does not start: they refuse such requests.");

  public static final ConfigOption<Map<String, String>> APIS =
      key("realm.wikipedia.apis")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Addresses of api.php by database name, of wikis that are not Wikipedias.");

  public static final ConfigOption<Integer> REQUESTS_PER_MINUTE =
      key("realm.wikipedia.requests-per-minute")
          .intType()
          .defaultValue(150)
          .withDescription(
              "Requests to each host, of up to 50 revisions each. Together with those of an audit"
                  + " (50 by default) at most 200, which is what Wikipedia allows.");

  public static final ConfigOption<List<Integer>> NAMESPACES =
      key("realm.wikipedia.namespaces")
          .intType()
          .asList()
          .defaultValues(0)
          .withDescription("Numbers of the namespaces whose pages are kept; 0 = articles.");

  public static final ConfigOption<Boolean> LISTS =
      key("realm.wikipedia.lists")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether pages are kept whose titles begin with \"List of\" or \"Index of\", or end"
                  + " with \"(disambiguation)\".");

  public static final ConfigOption<Duration> SETTLE =
      key("realm.wikipedia.settle")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription("Edits of a page within this time are fetched once; 0 = each is.");

  public static final ConfigOption<Duration> HOLD =
      key("realm.wikipedia.hold")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "How long a text must have stood before it is published, so that what is reverted in"
                  + " time never shows; 0 = not at all. Deletions never wait.");

  public static final ConfigOption<Integer> WAITING_MAX =
      key("realm.wikipedia.waiting.max")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Pages whose texts may wait at once, while a wiki does not answer; more are left to"
                  + " the next audit.");

  public static final ConfigOption<String> LICENSE =
      key("realm.wikipedia.license")
          .stringType()
          .defaultValue("CC BY-SA 4.0")
          .withDescription("Under which the texts may be quoted.");

  private WikipediaOptions() {}

  /** The wikis that are followed. */
  static Set<String> wikis(ReadableConfig settings) {
    return new HashSet<>(settings.get(WIKIS));
  }

  /**
   * The settings of the pages operator.
   *
   * @throws IllegalArgumentException in words for the person who set it: no contact, or a wiki of
   *     which no address is known
   */
  static PagesSettings pages(ReadableConfig settings) {
    Map<String, String> apis = new HashMap<>(settings.get(APIS));
    wikis(settings).forEach(name -> apis.put(name, Wiki.of(name, apis).api().toString()));
    FetchSettings fetch =
        new FetchSettings(
            new Contact(settings.get(CONTACT)).userAgent(),
            settings.get(REQUESTS_PER_MINUTE),
            apis);
    return new PagesSettings(
        new Scope(new HashSet<>(settings.get(NAMESPACES)), settings.get(LISTS)),
        settings.get(SETTLE),
        settings.get(HOLD),
        settings.get(WAITING_MAX),
        settings.get(LICENSE),
        fetch);
  }
}
