package io.realmstream.deploy.door.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in, judged by headers alone, before a body is read.
 *
 * <p>A page from elsewhere can make a browser send requests to a loopback address, and can rename
 * its own host to that address. So Host must be a known name, and a write must have a content type
 * that no page can send without asking first, and no foreign Origin.
 *
 * @param hosts names that Host may have, without port, in lower case
 * @param token what Authorization must bear; null = none is needed
 * @param open paths that may be read without a token
 */
public record Admission(Set<String> hosts, @Nullable String token, Set<String> open) {
  private static final String SCHEME = "bearer ";

  public Admission {
    hosts = Set.copyOf(hosts);
    open = Set.copyOf(open);
  }

  /** What a request says of itself. */
  public record Head(
      String method,
      String path,
      @Nullable String host,
      @Nullable String authorization,
      @Nullable String origin,
      @Nullable String contentType) {
    private boolean writes() {
      return !method.equals("GET") && !method.equals("HEAD");
    }
  }

  /**
   * Lets a request in.
   *
   * @throws Refusal 401, 403 or 415
   */
  public void check(Head head) {
    if (head.host() == null || !hosts.contains(name(head.host()))) {
      throw new Refusal(403, "Host is not a name of this door: see --name");
    }
    boolean isOpen = !head.writes() && open.contains(head.path());
    if (token != null && !isOpen && !bears(head.authorization(), token)) {
      throw new Refusal(401, "a token is needed: Authorization: Bearer TOKEN");
    }
    if (!head.writes()) {
      return;
    }
    if (head.origin() != null && !isOwn(head.origin(), head.host())) {
      throw new Refusal(403, "Origin is foreign");
    }
    // a page cannot send a DELETE without asking first
    if (head.method().equals("POST") && !isJson(head.contentType())) {
      throw new Refusal(415, "Content-Type must be application/json");
    }
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean bears(@Nullable String authorization, String token) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(UTF_8),
            token.getBytes(UTF_8));
  }

  private static boolean isOwn(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  /** Without the port; an IPv6 address keeps its brackets. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }
}
