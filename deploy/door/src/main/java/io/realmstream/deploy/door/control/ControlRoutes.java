package io.realmstream.deploy.door.control;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.versions.PublishedCheckpoint;
import io.realmstream.deploy.client.versions.VersionControl;
import io.realmstream.deploy.client.versions.VersionControl.Change;
import io.realmstream.deploy.client.versions.VersionReport;
import io.realmstream.deploy.door.http.Bounds;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.door.http.RequestBodies;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * {@code /v1/control}, {@code /v1/checkpoints} and the changes of {@code /v1/versions/{version}}.
 */
public final class ControlRoutes {
  private static final String JSON = "application/json";

  private final Connection connection;
  private final boolean allowed;
  private final InFlight inFlight;
  private final RequestBodies bodies;

  /**
   * @param allowed whether requests may change anything
   */
  public ControlRoutes(
      Connection connection, boolean allowed, InFlight inFlight, RequestBodies bodies) {
    this.connection = connection;
    this.allowed = allowed;
    this.inFlight = inFlight;
    this.bodies = bodies;
  }

  /**
   * What a client may do here; its fields are those of the JSON.
   *
   * @param models checkpoints that can be named
   */
  private record Control(boolean allowed, List<String> models) {}

  /** Adds all of them. */
  public void addTo(RoutesConfig routes) {
    routes
        .addHttpHandler(HandlerType.GET, "/v1/control", this::control)
        .addHttpHandler(HandlerType.POST, "/v1/checkpoints", this::publish);
    for (Change change : Change.values()) {
      routes.addHttpHandler(
          HandlerType.POST,
          "/v1/versions/{version}/" + change.name().toLowerCase(Locale.ROOT),
          request -> change(request, change));
    }
  }

  private void control(Context request) {
    request.contentType(JSON).result(Json.line(new Control(allowed, DefaultCheckpoints.NAMES)));
  }

  /** What {@code realm activate} and the like do. */
  private void change(Context request, Change change) {
    requireAllowed();
    int version = number(request.pathParam("version"));
    inFlight.run(
        () ->
            request
                .contentType(JSON)
                .result(
                    Json.line(
                        VersionReport.Entry.of(
                            new VersionControl(connection, "over HTTP").change(change, version)))));
  }

  /** What {@code realm publish-checkpoint} does; the jobs try the checkpoint later. */
  private void publish(Context request) throws IOException {
    requireAllowed();
    RetrieverCheckpoint checkpoint = CheckpointRequest.decode(bodies.read(request, Bounds.RECORD));
    inFlight.run(
        () ->
            request
                .status(202)
                .contentType(JSON)
                .result(Json.line(PublishedCheckpoint.publish(connection, checkpoint))));
  }

  private void requireAllowed() {
    if (!allowed) {
      throw new Refusal(
          403, "this door was opened without control: it changes no versions and no checkpoints");
    }
  }

  private static int number(String text) {
    try {
      int version = Integer.parseInt(text);
      if (version >= 1) {
        return version;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw Refusal.badRequest("version: must be a whole number of at least 1");
  }
}
