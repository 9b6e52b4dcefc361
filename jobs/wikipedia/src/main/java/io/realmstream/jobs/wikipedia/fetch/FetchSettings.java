package io.realmstream.jobs.wikipedia.fetch;

import java.io.Serializable;
import java.util.Map;

/**
 * How wikis are asked.
 *
 * @param userAgent value of that header, with a contact
 * @param requestsPerMinute of each host
 * @param wikis addresses of {@code api.php} by database name, of all wikis that are followed
 */
public record FetchSettings(String userAgent, int requestsPerMinute, Map<String, String> wikis)
    implements Serializable {
  public FetchSettings {
    if (requestsPerMinute < 1 || requestsPerMinute > 60_000) {
      throw new IllegalArgumentException(
          "requests a minute: must be 1 to 60000 (is " + requestsPerMinute + ")");
    }
    wikis = Map.copyOf(wikis);
  }
}
