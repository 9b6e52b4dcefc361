package io.realmstream.jobs.wikipedia.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Asks a wiki's API for the wikitext of revisions. Answers come on threads of the HTTP client. */
final class MediaWikiApi {
  static final int REPLY_BYTES_MAX = 64 << 20;
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(20);
  private static final Duration REPLY_MAX = Duration.ofSeconds(30);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(10);
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  private static final Map<String, String> QUESTION =
      Map.of(
          "action", "query",
          "format", "json",
          "formatversion", "2",
          "prop", "revisions",
          "rvprop", "ids|content",
          "rvslots", "main",
          "curtimestamp", "1",
          "maxlag", "5");

  private final HttpClient client;
  private final String userAgent;
  private final Duration silenceMax;
  private final Duration replyMax;

  MediaWikiApi(String userAgent) {
    this(userAgent, SILENCE_MAX, REPLY_MAX);
  }

  /**
   * @param silenceMax until a reply begins
   * @param replyMax until it ends
   */
  MediaWikiApi(String userAgent, Duration silenceMax, Duration replyMax) {
    this.userAgent = userAgent;
    this.silenceMax = silenceMax;
    this.replyMax = replyMax;
    client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Asks for revisions.
   *
   * @param further of the reply that this request continues
   * @return never fails: what went wrong is an answer, too
   */
  CompletableFuture<ApiAnswer> revisions(URI api, List<Long> ids, Map<String, String> further) {
    CompletableFuture<HttpResponse<byte[]>> reply =
        client.sendAsync(request(api, ids, further), BoundedBody.handler(REPLY_BYTES_MAX));
    CompletableFuture<ApiAnswer> answer =
        reply.thenApply(MediaWikiApi::answer).orTimeout(replyMax.toMillis(), TimeUnit.MILLISECONDS);
    return answer.handle(
        (given, failure) -> {
          reply.cancel(true);
          return failure == null ? given : failed(failure);
        });
  }

  private HttpRequest request(URI api, List<Long> ids, Map<String, String> further) {
    Map<String, String> question = new TreeMap<>(QUESTION);
    question.put("revids", ids.stream().map(String::valueOf).collect(Collectors.joining("|")));
    question.putAll(further);
    String query =
        question.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(URI.create(api + "?" + query))
        .header("User-Agent", userAgent)
        .header("Accept-Encoding", "gzip")
        .timeout(silenceMax)
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static ApiAnswer answer(HttpResponse<byte[]> reply) {
    long pauseMs = reply.headers().firstValue("Retry-After").map(MediaWikiApi::pauseMs).orElse(0L);
    int status = reply.statusCode();
    if (status == TOO_MANY_REQUESTS || status == UNAVAILABLE) {
      return new ApiAnswer.Refused(pauseMs);
    }
    if (status == BAD_GATEWAY || status == GATEWAY_TIMEOUT) {
      return new ApiAnswer.Unanswered();
    }
    if (status != OK) {
      return new ApiAnswer.Broken();
    }
    boolean zipped = reply.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    try {
      return ApiReply.read(zipped ? unzipped(reply.body()) : reply.body(), pauseMs);
    } catch (BoundedBody.TooLargeException e) {
      return new ApiAnswer.TooLarge();
    } catch (IOException e) {
      return new ApiAnswer.Broken();
    }
  }

  private static byte[] unzipped(byte[] body) throws IOException {
    try (GZIPInputStream bytes = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] whole = bytes.readNBytes(REPLY_BYTES_MAX + 1);
      if (whole.length > REPLY_BYTES_MAX) {
        throw new BoundedBody.TooLargeException();
      }
      return whole;
    }
  }

  /** Seconds, as MediaWiki gives them; a date, as proxies may, is taken for none. */
  static long pauseMs(String retryAfter) {
    return retryAfter.matches("\\d{1,5}")
        ? Math.min(TimeUnit.SECONDS.toMillis(Long.parseLong(retryAfter)), PAUSE_MAX.toMillis())
        : 0;
  }

  private static ApiAnswer failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BoundedBody.TooLargeException) {
        return new ApiAnswer.TooLarge();
      }
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        return new ApiAnswer.Refused(0);
      }
      if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
        return new ApiAnswer.Unanswered();
      }
    }
    return new ApiAnswer.Broken();
  }
}
