package io.realmstream.deploy.door.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.client.deadletters.DeadLetter;
import io.realmstream.deploy.client.status.Health;
import io.realmstream.deploy.client.status.StatusReader;
import io.realmstream.deploy.client.versions.VersionProgress;
import io.realmstream.deploy.client.versions.VersionReport;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.version.VersionEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code /v1/status}, {@code /v1/versions}, {@code /v1/dead-letters} and {@code /v1/health}. */
public final class ReportRoutes {
  private static final String JSON = "application/json";
  private static final String JSON_LINES = "application/x-ndjson";
  private static final Duration FLINK_PATIENCE = Duration.ofSeconds(5);

  private final Connection connection;
  private final @Nullable String flink;
  private final InFlight inFlight;

  /**
   * @param flink address of Flink's dashboard; null = its jobs are unknown
   */
  public ReportRoutes(Connection connection, @Nullable String flink, InFlight inFlight) {
    this.connection = connection;
    this.flink = flink;
    this.inFlight = inFlight;
  }

  /** What {@code realm status --json} prints. */
  public void status(Context request) {
    inFlight.run(
        () ->
            request
                .contentType(JSON)
                .result(Json.line(new StatusReader(connection).read(flink(), null))));
  }

  /** What {@code realm versions --json} prints: a line a version. */
  public void versions(Context request) {
    inFlight.run(
        () -> {
          connection.require(
              connection.topics().documentStatus(), connection.topics().indexVersions());
          VersionProgress progress = VersionProgress.read(connection);
          Instant now = Instant.now();
          StringBuilder lines = new StringBuilder();
          for (VersionEntry entry : new VersionLog(connection).table().versions()) {
            VersionReport report = VersionReport.of(entry, progress.pace(entry, now));
            lines.append(Json.line(report)).append('\n');
          }
          request.contentType(JSON_LINES).result(lines.toString());
        });
  }

  /**
   * What {@code realm dead-letters --json} prints: a line each, sent as they are read. With {@code
   * ?last=} only so many, the newest.
   */
  public void deadLetters(Context request) {
    String last = request.queryParam("last");
    int count = last == null ? Integer.MAX_VALUE : count(last);
    inFlight.run(
        () -> {
          connection.require(connection.topics().deadLetters());
          request.contentType(JSON_LINES);
          OutputStream out = request.outputStream();
          try (TopicReplay all = TopicReplay.of(connection, connection.topics().deadLetters())) {
            all.forEachLast(count, record -> write(out, new DeadLetter(record)));
          }
        });
  }

  /** What {@code realm check} says; 503 where users notice. */
  public void health(Context request) {
    inFlight.run(
        () -> {
          Health health = Health.read(connection);
          if (health.level() == Health.Level.CRITICAL) {
            throw ClientException.unreachable(String.join("; ", health.findings()));
          }
          request.contentType(JSON).result(Json.line(health));
        });
  }

  private @Nullable FlinkRest flink() {
    return flink == null ? null : new FlinkRest(flink, FLINK_PATIENCE);
  }

  private static int count(String text) {
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw Refusal.badRequest("last: must be a whole number from 1 to 999999");
    }
    return Integer.parseInt(text);
  }

  private static void write(OutputStream out, DeadLetter letter) {
    try {
      out.write((Json.line(letter.report(null)) + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
