package io.realmstream.deploy.wikipedia;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * How far something was read, in a small JSON file that a kill cannot damage. It holds for one
 * topic of one Kafka cluster, because another one may lack what was sent.
 */
public final class Bookmark {
  private final Path file;
  private final Target target;

  /** Where records were sent to. */
  public record Target(String cluster, String topic) {
    /** The topic of Wikipedia events. */
    public static Target of(Connection connection) {
      try (Admin admin = connection.admin()) {
        String cluster = Connection.await(admin.describeCluster().clusterId());
        return new Target(cluster, connection.topics().wikipediaEvents());
      }
    }
  }

  /** The content of the file. */
  private record Content(Target target, Object place) {}

  /**
   * @param file need not exist, nor its folder
   */
  public Bookmark(Path file, Target target) {
    this.file = file;
    this.target = target;
  }

  /**
   * A bookmark of what goes to the topic of Wikipedia events.
   *
   * @param file need not exist, nor its folder
   */
  public static Bookmark of(Path file, Connection connection) {
    return new Bookmark(file, Target.of(connection));
  }

  /**
   * The place that was written last; null = none was.
   *
   * @throws ClientException REFUSED if the file is of another target or no bookmark
   */
  public @Nullable JsonNode read() throws IOException {
    JsonNode content;
    try {
      content = Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return null;
    } catch (JacksonException e) {
      throw ClientException.refused(file + " says of nothing how far it was read");
    }
    if (!content.path("target").equals(Json.MAPPER.valueToTree(target))) {
      throw ClientException.refused(
          "%s is of another target: %s, not %s; name another file, or remove this one to begin anew"
              .formatted(file, content.path("target"), Json.line(target)));
    }
    return content.path("place");
  }

  /** Writes a place, whole or not at all. */
  public void write(Object place) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, Json.line(new Content(target, place)));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
